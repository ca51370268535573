"""Marks the cells of one sheet, and takes earlier marks off; all else stays as it is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Collection, Mapping
from contextlib import suppress
from xml.parsers import expat

from sheetpack.issue import column_letters
from sheetpack.marking.restyling import Styles
from sheetpack.marking.splicing import Splice, parse, spliced, tag_end, with_attributes
from sheetpack.received.markup import Attributes, local
from sheetpack.received.ranges import CELL, column_number, corners

TRUE = {"1", "true"}
MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z0-9:]+)["']""")
LONGEST_NUMBER = 9  # digits; more than any row or style has


class _Enough(Exception):
    """Nothing further on in the sheet has to be changed."""


def restyled(data: bytes, cells: Mapping[int, Collection[int]], styles: Styles) -> bytes:
    """The sheet with those cells marked, and no others; it is no longer the selected one.

    Cells that are not there are put in, with the style of their row or column. Of merged
    cells only the first can be seen, and is marked for all.

    Args:
        data: The part that holds the sheet.
        cells: Row → columns.
        styles: Those of the workbook; they grow by what is needed.

    Raises:
        Damaged: The part is not well formed.
    """
    restyler = _Restyler(data, _in_sight(data, cells), styles)
    with suppress(_Enough):
        parse(restyler.parser, data)
    return spliced(data, restyler.splices) if restyler.splices else data


class _Restyler:
    """Collects the changes while the sheet is parsed.

    What matters lies at fixed depths: sections such as `sheetData` are at 2, their rows,
    columns and views at 3, cells at 4.
    """

    def __init__(self, data: bytes, cells: Mapping[int, Collection[int]], styles: Styles):
        self.data, self.styles = data, styles
        self.cells = {row: deque(sorted(columns)) for row, columns in cells.items()}
        self.rows = deque(sorted(self.cells))  # those to be marked and yet to come
        self.splices: list[Splice] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.depth = 0
        self.section, self.prefix = "", ""
        self.section_start = self.row_start = 0
        self.column_styles: list[tuple[int, int, int]] = []
        self.dimension: tuple[int, str] | None = None
        self.new: list[tuple[int, int]] = []  # row and column of the cells put in
        self.row = self.column = 0
        self.row_attributes: Attributes = {}
        self.columns: deque[int] = deque()  # of this row, those to be marked and yet to come

    def _start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth == 4 and self.section == "sheetData":
            if self.columns or self.styles.any_marked:
                self._start_cell(attributes)
        elif self.depth == 3:
            if self.section == "sheetData":
                self._start_row(attributes)
            elif self.section == "cols":
                self._read_column(attributes)
            elif self.section == "sheetViews" and attributes.get("tabSelected") in TRUE:
                self._set({"tabSelected": "0"})
        elif self.depth == 2:
            self._start_section(name, attributes)

    def _end(self, name: str) -> None:
        if self.section == "sheetData":
            if self.depth == 3:
                self._end_row(name)
            elif self.depth == 2:
                self._end_rows(name)
        self.depth -= 1

    def _start_section(self, name: str, attributes: Attributes) -> None:
        self.section, self.section_start = local(name), self.parser.CurrentByteIndex
        if self.section == "dimension":
            self.dimension = (self.section_start, attributes.get("ref", ""))
        elif self.section == "sheetData":
            if not (self.rows or self.styles.any_marked):
                raise _Enough
            self.prefix = name.removesuffix(self.section)

    def _read_column(self, attributes: Attributes) -> None:
        style = _number(attributes.get("style"))
        plain = self.styles.unmarked(style)
        if plain != style:
            self._set({"style": str(plain)})
        first, last = _number(attributes.get("min")), _number(attributes.get("max"))
        self.column_styles.append((first, last, plain))

    def _start_row(self, attributes: Attributes) -> None:
        self.row = _number(attributes.get("r")) or self.row + 1
        self.column = 0
        self.row_start, self.row_attributes = self.parser.CurrentByteIndex, attributes
        missing = []
        while self.rows and self.rows[0] < self.row:
            missing.append(self._new_row(self.rows.popleft()))
        if missing:
            self.splices.append(Splice(self.row_start, self.row_start, b"".join(missing)))
        self.columns = deque()
        if self.rows and self.rows[0] == self.row:
            self.columns = self.cells[self.rows.popleft()]

    def _start_cell(self, attributes: Attributes) -> None:
        at = self.parser.CurrentByteIndex
        address = CELL.fullmatch(attributes.get("r", ""))
        self.column = column_number(address[1]) if address else self.column + 1
        while self.columns and self.columns[0] < self.column:
            cell = self._new_cell(self.row, self.columns.popleft(), self._row_style())
            self.splices.append(Splice(at, at, cell))
        style = _number(attributes.get("s"))
        if self.columns and self.columns[0] == self.column:
            self.columns.popleft()
            new = self.styles.marked(style)
        else:
            new = self.styles.unmarked(style)
        if new != style:
            self._set({"s": str(new)})

    def _end_row(self, name: str) -> None:
        style = self._row_style()
        missing = [self._new_cell(self.row, column, style) for column in self.columns]
        self.columns = deque()
        changes: dict[str, str | None] = {}
        if style is not None and style != _number(self.row_attributes.get("s")):
            changes["s"] = str(style)
        if missing and "spans" in self.row_attributes:
            changes["spans"] = None  # it would have to name more columns, and may be left out
        self._change(self.row_start, name, changes, b"".join(missing))

    def _end_rows(self, name: str) -> None:
        missing = [self._new_row(row) for row in self.rows]
        self._change(self.section_start, name, {}, b"".join(missing))
        if self.dimension and self.new:
            self._widen(*self.dimension)
        raise _Enough

    def _row_style(self) -> int | None:
        """The style of the row's empty cells, where it has one of its own."""
        if self.row_attributes.get("customFormat") not in TRUE:
            return None
        return self.styles.unmarked(_number(self.row_attributes.get("s")))

    def _new_row(self, row: int) -> bytes:
        cells = b"".join(self._new_cell(row, column, None) for column in self.cells[row])
        start, end = f'<{self.prefix}row r="{row}">', f"</{self.prefix}row>"
        return start.encode() + cells + end.encode()

    def _new_cell(self, row: int, column: int, style: int | None) -> bytes:
        self.new.append((row, column))
        if style is None:
            fitting = (style for low, high, style in self.column_styles if low <= column <= high)
            style = next(fitting, 0)
        place = f"{column_letters(column)}{row}"
        return f'<{self.prefix}c r="{place}" s="{self.styles.marked(style)}"/>'.encode()

    def _set(self, changes: Mapping[str, str | None]) -> None:
        """Sets attributes of the element that begins here."""
        self._change_tag(self.parser.CurrentByteIndex, changes)

    def _change_tag(self, start: int, changes: Mapping[str, str | None]) -> None:
        end = tag_end(self.data, start)
        new = with_attributes(self.data[start:end], changes)
        self.splices.append(Splice(start, end, new))

    def _change(
        self, start: int, name: str, changes: Mapping[str, str | None], content: bytes
    ) -> None:
        """Changes the element that ends here: its attributes, and what stands last in it."""
        end = tag_end(self.data, start)
        tag = with_attributes(self.data[start:end], changes)
        if content and tag.endswith(b"/>"):
            tag = tag[:-2] + b">" + content + f"</{name}>".encode()
        elif content:
            at = self.parser.CurrentByteIndex
            self.splices.append(Splice(at, at, content))
        if tag != self.data[start:end]:
            self.splices.append(Splice(start, end, tag))

    def _widen(self, start: int, area: str) -> None:
        """The sheet says which cells it holds; now it holds more."""
        try:
            top, left, bottom, right = corners(area)
        except ValueError:
            return
        rows, columns = zip(*self.new, strict=True)
        first = f"{column_letters(min(left, *columns))}{min(top, *rows)}"
        last = f"{column_letters(max(right, *columns))}{max(bottom, *rows)}"
        self._change_tag(start, {"ref": f"{first}:{last}"})


def _in_sight(data: bytes, cells: Mapping[int, Collection[int]]) -> dict[int, set[int]]:
    """The cells, with the first of merged ones in place of those it covers."""
    found = {row: set(columns) for row, columns in cells.items()}
    rows = sorted(found)
    for match in MERGED.finditer(data) if rows else ():
        try:
            top, left, bottom, right = corners(match[1].decode())
        except ValueError:
            continue
        for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
            covered = {column for column in found[row] if left <= column <= right}
            if covered:
                found[row] -= covered
                found.setdefault(top, set()).add(left)
    return {row: columns for row, columns in found.items() if columns}


def _number(text: str | None) -> int:
    """A whole number of an attribute; 0 where it is missing or none."""
    text = (text or "").strip()
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else 0
