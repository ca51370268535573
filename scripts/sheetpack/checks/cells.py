"""Cells by themselves: what nobody sees, what a spreadsheet would run, words not allowed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from sheetpack.catalogue import did_you_mean
from sheetpack.issue import Issue
from sheetpack.package import Package
from sheetpack.table import Row, Table

# Control characters besides the line break, marks of writing direction, zero-width
# characters, and the sign that stands where a character was lost.
HIDDEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffd]"
)
CONTROL_NAMES = {"\t": "a tab", "\r": "a carriage return", "\x00": "a zero byte"}
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
FORMULA_STARTS = (*FORMULA_SIGNS, " ", "\t", "\r", "\n", "\u00a0", "\u3000")
# A call such as HYPERLINK(…), or of another program: cmd|'/C …'!A0.
CALL = re.compile(r"\w\s*\(|\|.*!", re.DOTALL)


def untidy_cells(package: Package, tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Stray spaces, characters nobody sees, text that a spreadsheet would run."""
    level = "error" if package.strict else "warning"
    for table in tables.values():
        names = list(table.resource.positions)
        for row in table.rows_of(_perhaps_untidy(table)):
            for at, cell in enumerate(row.raw):
                if isinstance(cell, str) and cell:
                    for code, facts in _untidy(cell, is_text=isinstance(row.values[at], str)):
                        yield table.issue(code, row, names[at], level, cell=cell, **facts)


def _perhaps_untidy(table: Table) -> set[int]:
    """The numbers of the rows that hold a cell that is untidy as a text.

    Of the many rows that are looked at together each text is looked at once.
    """
    found = set()
    for numbers, columns in table.rows.columns(*range(len(table.resource.fields))):
        for cells, _ in columns:
            texts = {cell for cell in cells if isinstance(cell, str)}
            untidy = {text for text in texts if any(_untidy(text, is_text=True))}
            if untidy:
                found.update(
                    number
                    for number, cell in zip(numbers, cells, strict=True)
                    if isinstance(cell, str) and cell in untidy
                )
    return found


def _untidy(cell: str, *, is_text: bool) -> Iterator[tuple[str, dict[str, str]]]:
    if cell.strip() != cell:
        yield "untidy-space", {}
    hidden = HIDDEN.search(cell.strip())
    if hidden:
        yield "untidy-character", {"name": _character_name(hidden[0])}
    if is_text and looks_like_formula(cell):
        yield "untidy-formula", {}


def looks_like_formula(text: str) -> bool:
    """Would a spreadsheet that opens this text as a CSV cell take it for a formula?

    Numbers with a sign are none; a sign by itself is none either. Space before the sign does
    not hinder all of them, nor does a sign of double width.
    """
    text = text.lstrip()
    if not text.startswith(FORMULA_SIGNS) or len(text) == 1:
        return False
    try:
        float(text)
    except ValueError:
        return True
    return False


def may_do_harm(formula: str) -> bool:
    """Could a text that is run as a formula call anything, rather than only look wrong?"""
    return CALL.search(formula) is not None


def _character_name(character: str) -> str:
    name = CONTROL_NAMES.get(character) or unicodedata.name(character, "control character")
    return f"{name.lower()} (U+{ord(character):04X})"


def categories(package: Package, tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Values that the field's `categories` (Data Package v2) do not list."""
    for table in tables.values():
        for field in table.resource.fields:
            if field.categories:
                at = table.resource.positions[field.name]
                strange = {
                    number
                    for numbers, ((_, values),) in table.rows.columns(at)
                    for number, value in zip(numbers, values, strict=True)
                    if value is not None and value not in field.categories
                }
                for row in table.rows_of(strange):
                    yield _not_a_category(table, row, field.name, row.raw[at])


def _not_a_category(table: Table, row: Row, name: str, cell: object) -> Issue:
    allowed = table.resource.field(name).categories
    guess = did_you_mean(cell, allowed)
    return table.issue("category", row, name, cell=cell, allowed=allowed, guess=guess)
