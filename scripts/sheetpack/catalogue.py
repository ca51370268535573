"""The words for every issue, kept as data in `messages.toml` and filled in here."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from sheetpack.issue import Issue, Level

LONGEST_SHOWN = 80
LONG_FACTS = {"reason", "advice", "example", "path"}  # what others say by themselves; a place
LONGEST_REASON = 400
MOST_LISTED = 20
MOST_COMPARED = 500


@cache
def messages() -> dict[str, dict[str, str]]:
    """The catalogue: code → `message` and, mostly, `hint` (both `str.format` templates)."""
    return tomllib.loads(files("sheetpack").joinpath("messages.toml").read_text("utf-8"))


def issue(
    code: str,
    *,
    file: str = "",
    sheet: str = "",
    resource: str = "",
    row: int = 0,
    column: int = 0,
    field: str = "",
    key: str = "",
    level: Level = "error",
    **facts: Any,
) -> Issue:
    """Make an issue whose words come from the catalogue.

    Args:
        code: Key in the catalogue.
        file, sheet, resource, row, column, field, key, level: As in `Issue`.
        facts: What the templates name besides the place; each is shown by `shown`.

    Raises:
        KeyError: The catalogue has no such code, or a template names a fact not given.
    """
    entry = messages()[code]
    named = {"file": file, "sheet": sheet, "resource": resource, "field": field, "key": key}
    place: dict[str, Any] = named | {"row": row}
    words = {name: shown(value, LONGEST_REASON) for name, value in place.items()} | {
        name: shown(value, LONGEST_REASON if name in LONG_FACTS else LONGEST_SHOWN)
        for name, value in facts.items()
    }
    return Issue(
        **place,
        column=column,
        level=level,
        code=code,
        message=entry["message"].format(**words),
        hint=entry.get("hint", "").format(**words),
    )


def shown(value: Any, longest: int = LONGEST_SHOWN) -> str:
    """A value as it may appear in a message: one line, inert, of bounded length.

    Control characters are written as escapes, so that no cell can move the cursor of
    a terminal or break a line of a report; a long text is cut, with its length said.
    A list is written out, its items in quotation marks.

    >>> shown("two\\nlines")
    'two\\\\nlines'
    >>> shown(["a", "b"])
    '“a”, “b”'
    """
    if isinstance(value, list | tuple):
        items = [f"“{shown(item)}”" for item in value[:MOST_LISTED]]
        more = [f"and {len(value) - MOST_LISTED} more"] if len(value) > MOST_LISTED else []
        return ", ".join(items + more)
    text = "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(value)
    )
    if len(text) <= longest:
        return text
    return f"{text[:longest]}… ({len(text)} characters)"


def did_you_mean(value: Any, possible: Iterable[Any]) -> str:
    """A suggestion to stand at the end of a sentence, "" where nothing is close.

    Among very many possibilities only the neighbours in the alphabet are compared, as each
    comparison takes its time.

    >>> did_you_mean("Lisbon", ["Paris", "Lisbonn"])
    ' Did you mean “Lisbonn”?'
    """
    word = str(value)
    if word.isdecimal():  # numbers that look alike have nothing to do with each other
        return ""
    words = [str(other) for other in possible]
    if len(words) > MOST_COMPARED:
        words.sort()
        at = bisect_left(words, word)
        words = words[max(0, at - MOST_COMPARED // 2) : at + MOST_COMPARED // 2]
    closest = get_close_matches(word, words, n=1, cutoff=0.7)
    return f" Did you mean “{shown(closest[0])}”?" if closest else ""


def neighbours(words: Iterable[str], possible: Iterable[str]) -> list[str]:
    """Of any number of possibilities those that `did_you_mean` compares with these words.

    >>> neighbours(["Lisbon"], ["Paris", "Lisbonn"])
    ['Lisbonn', 'Paris']
    """
    borders = sorted(set(words))
    gaps: list[list[str]] = [[] for _ in range(len(borders) + 1)]
    for other in possible:
        gap = gaps[bisect_left(borders, other)]
        gap.append(other)
        if len(gap) > MOST_COMPARED * 4:  # what stands in its middle is near to no word
            gap[:] = sorted(set(gap))
            del gap[MOST_COMPARED:-MOST_COMPARED]
    return sorted({other for gap in gaps for other in gap})
