"""What a planted mistake is, and the files it is planted into."""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE, PAINTINGS, REMARKS = "data/people.csv", "data/paintings.csv", "data/remarks.csv"
KINDS, CODES, DESCRIPTOR = "data/kinds.csv", "data/codes.csv", "datapackage.json"
RULE = "rules/painted-in-lifetime.sql"

VIEW = '{"name": "one", "path": "rules/painted-in-lifetime.sql"}'


@dataclass(frozen=True)
class Plant:
    """One mistake.

    Attributes:
        old, new: What is replaced in the file.
        at: Resource, row and field where the issue must be told.
        facts: Words that the message or the hint must name.
        level: The level wanted.
        alone: Is it the only issue then?
    """

    code: str
    file: str
    old: str
    new: str
    at: tuple[str, int, str]
    facts: tuple[str, ...] = ()
    level: str = "error"
    alone: bool = True


def kind(name: str, old: str, new: str, *facts: str) -> Plant:
    """A cell of the table `kinds` that is not of its column's kind."""
    code = {"british": "type-date", "uri": "type-string"}.get(name, f"type-{name}")
    return Plant(code, KINDS, old, new, ("kinds", 2, name), facts)
