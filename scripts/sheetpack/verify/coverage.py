"""Coverage: how many records refer to each paragraph of the texts."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from sheetpack import catalogue
from sheetpack.issue import Issue
from sheetpack.table import Table
from sheetpack.verify.places import Reference
from sheetpack.verify.plan import Place
from sheetpack.verify.texts import Shelf, number

WIDTH = 96
GLUE = "\u00a0"  # a space at which no line is broken


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a text.

    Attributes:
        section: The shortest section that it belongs to, as people call it.
        source: The key of that section.
        records: How many records refer to it.
        reason: Why nothing need refer to it; "" for a paragraph of the body.
    """

    section: str
    source: str
    paragraph: int
    records: int
    reason: str = ""

    @property
    def uncovered(self) -> bool:
        return not self.records and not self.reason


def not_coded(
    data: bytes, file: str, names: Place, shelf: Shelf
) -> tuple[dict[tuple[str, int], str], list[Issue]]:
    """Read the list of paragraphs to which nothing need refer.

    Args:
        data: A CSV with the columns `names.source`, `names.paragraph` and "reason".
        file: Its name, for messages.

    Returns:
        Text and number of each paragraph with the reason, and issues about the list.
    """
    header = [names.source, names.paragraph, "reason"]
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        return {}, [catalogue.issue("list-unreadable", file=file, reason=error)]
    if rows[:1] != [header]:
        return {}, [catalogue.issue("list-header", file=file, columns=header)]
    found: dict[tuple[str, int], str] = {}
    issues = []
    for at, row in enumerate(rows[1:], start=2):
        source, cell, reason = row if len(row) == len(header) else ("", "", "")
        section, paragraph = shelf.sections.get(source), number(cell)
        if section and paragraph and reason.strip() and shelf.has(section, paragraph):
            found[section.text, paragraph] = reason
        else:
            issues.append(catalogue.issue("list-row", file=file, row=at, columns=header))
    return found, issues


def count(
    references: Iterable[Reference], shelf: Shelf, reasons: Mapping[tuple[str, int], str]
) -> list[Paragraph]:
    """Count the records of every paragraph that is not blank, in the order of the texts."""
    records: dict[tuple[str, int], set[tuple[str, Any]]] = {}
    for reference in references:
        place = reference.text, reference.paragraph
        records.setdefault(place, set()).add(reference.record)
    counted = []
    for text, paragraphs in shelf.texts.items():
        for at, words in enumerate(paragraphs, start=1):
            if words.strip():
                section = shelf.section_of(text, at)
                found = len(records.get((text, at), ()))
                reason = reasons.get((text, at), "")
                counted.append(Paragraph(section.label, section.key, at, found, reason))
    return counted


def gaps(
    counted: Iterable[Paragraph], shelf: Shelf, table: Table, not_coded_file: str
) -> Iterator[Issue]:
    """An issue for each paragraph that nothing refers to, without a reason."""
    for each in counted:
        if each.uncovered:
            row = shelf.sections[each.source].row
            place = f"{each.section} ¶{each.paragraph}"
            yield table.issue("paragraph-uncovered", row, place=place, list=not_coded_file)


def text(counted: Sequence[Paragraph]) -> str:
    """Coverage for people: a line a section, each paragraph with its number of records."""
    lines = []
    for section, paragraphs in groupby(counted, lambda each: each.section):
        parts = []
        for state, group in groupby(paragraphs, _state):
            run = list(group)
            if state == "not coded":
                parts.append(f"¶{_range(run)} {state}")
            else:
                parts.extend(f"¶{each.paragraph} {state or each.records}" for each in run)
        line = f"{section}: {f'{GLUE}· '.join(part.replace(' ', GLUE) for part in parts)}"
        lines.append(textwrap.fill(line, WIDTH, subsequent_indent="  ").replace(GLUE, " "))
    return "\n".join(lines)


def as_dicts(counted: Iterable[Paragraph]) -> list[dict[str, Any]]:
    """Coverage for programs."""
    return [asdict(each) for each in counted]


def _state(each: Paragraph) -> str:
    """What is said instead of a number; "" where the number speaks."""
    if each.records:
        return ""
    return "not coded" if each.reason else "NONE"


def _range(run: Sequence[Paragraph]) -> str:
    first, last = run[0].paragraph, run[-1].paragraph
    return str(first) if first == last else f"{first}–{last}"
