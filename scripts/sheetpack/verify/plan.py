"""What a package says about the texts behind it: its setting `verify`, as plain objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sheetpack.package import Package

MARKS = '“”„«»"'
LONGEST_RUN = 7


@dataclass(frozen=True)
class Texts:
    """The resource whose rows are the texts and their sections.

    Attributes:
        sha256: Field with the fingerprint of the text's file; blank for a section.
        whole: Field with the key of the text that a section belongs to; "" for no sections.
        first, last: Fields with the numbers of a row's first and last paragraph; "" for none.
    """

    resource: str
    sha256: str
    whole: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Place:
    """A resource whose rows refer to a paragraph, by the fields `source` and `paragraph`.

    Attributes:
        record: Field with the key of what is found in the paragraph; "" where it is the row
            itself.
        text: Field with words that must stand there; "" where the row holds none.
    """

    resource: str
    source: str
    paragraph: str
    record: str = ""
    text: str = ""


@dataclass(frozen=True)
class Plan:
    """What is to be verified, and where it is recorded.

    Attributes:
        marks: The characters that open and close a quoted span.
        longest_run: How many words in a row of a text may stand elsewhere in the project.
        exempt: Resource and field of the cells that may repeat a text, the quotes aside.
        not_coded: The CSV of paragraphs to which nothing need refer; "" for none. Relative to
            the descriptor's folder, as is `record`, the CSV of what was verified.
    """

    texts: Texts
    quotes: Place
    record: str
    places: tuple[Place, ...] = ()
    marks: str = MARKS
    longest_run: int = LONGEST_RUN
    exempt: tuple[tuple[str, str], ...] = ()
    not_coded: str = ""

    @property
    def resources(self) -> set[str]:
        """Names of all resources that are needed to verify."""
        needed = {self.texts.resource, self.quotes.resource}
        needed |= {place.resource for place in self.places}
        return needed | {resource for resource, _ in self.exempt}


def of(package: Package) -> Plan | None:
    """The plan of a package whose settings are in order; None where it has no texts."""
    settings: dict[str, Any] | None = package.settings.get("verify")
    if settings is None:
        return None
    return Plan(
        texts=Texts(**settings["texts"]),
        quotes=Place(**settings["quotes"]),
        record=settings["record"],
        places=tuple(Place(**place) for place in settings.get("places", ())),
        marks=settings.get("marks", MARKS),
        longest_run=settings.get("longestRun", LONGEST_RUN),
        exempt=tuple((cell["resource"], cell["field"]) for cell in settings.get("exempt", ())),
        not_coded=settings.get("notCoded", ""),
    )
