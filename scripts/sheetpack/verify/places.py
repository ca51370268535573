"""Rows that refer to a paragraph of a text: do the text and the paragraph exist?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sheetpack.catalogue import did_you_mean
from sheetpack.issue import Issue
from sheetpack.table import Row, Table
from sheetpack.verify.plan import Place
from sheetpack.verify.texts import Section, Shelf, number


@dataclass(frozen=True)
class Reference:
    """A row that refers to an existing paragraph.

    Attributes:
        source: Key of the text or section, as the row has it.
        text: Key of the text in which the paragraph stands.
        record: What is found there, the same for all rows that refer to one record.
        words: The words that must stand there; "" where the row holds none.
    """

    table: Table
    row: Row
    source: str
    text: str
    paragraph: int
    record: tuple[str, Any]
    words: str = ""


def references(place: Place, table: Table, shelf: Shelf) -> tuple[list[Reference], list[Issue]]:
    """All rows of a table that refer to a paragraph.

    A row without a source or without a paragraph refers to none. Whether a paragraph exists
    is not asked where its text is missing.

    Returns:
        The references that hold, and an issue for each that does not.
    """
    found: list[Reference] = []
    issues: list[Issue] = []
    positions = table.resource.positions

    def value(row: Row, name: str) -> Any:
        return row.values[positions[name]] if name else None

    for row in table.rows:
        source, cell = value(row, place.source), value(row, place.paragraph)
        if source is None or cell is None:
            continue
        section = shelf.sections.get(str(source))
        paragraph = number(cell)
        if section is None:
            guess = did_you_mean(source, shelf.sections)
            facts = {"cell": source, "guess": guess}
            issues.append(table.issue("source-unknown", row, place.source, **facts))
        elif paragraph is None or not shelf.has(section, paragraph):
            code, facts = _fault(section, paragraph, shelf)
            issues.append(table.issue(code, row, place.paragraph, cell=cell, **facts))
        elif section.text:
            key = value(row, place.record)
            found.append(
                Reference(
                    table=table,
                    row=row,
                    source=section.key,
                    text=section.text,
                    paragraph=paragraph,
                    record=(table.resource.name, row.number) if key is None else ("", key),
                    words=str(value(row, place.text) or ""),
                )
            )
    return found, issues


def _fault(section: Section, paragraph: int | None, shelf: Shelf) -> tuple[str, dict[str, Any]]:
    """Why that is no paragraph of the section: outside of its range, or of the text."""
    count = len(shelf.texts.get(section.text, ()))
    if paragraph is not None and section.holds(paragraph):
        return "paragraph-missing", {"label": section.label, "count": count}
    last = section.last or count or "its end"
    return "paragraph-outside", {"label": section.label, "first": section.first or 1, "last": last}
