"""The rows of a sheet, parsed as they are asked for.

A sheet can hold millions of cells and this is where most of the time of reading goes, which
is why the two handlers below are long and plain: a call more for each cell would be felt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sheetpack.received.archive import MEGABYTE, PIECE, Part
from sheetpack.received.cells import Spilled, understood
from sheetpack.received.markup import DEEPEST, LONGEST_TEXT, Attributes, feed, local
from sheetpack.received.model import Row, Shown, Value
from sheetpack.received.ranges import column_number
from sheetpack.received.texts import plain

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
LONGEST_ROW = 64 * MEGABYTE
DIGITS = "0123456789"
LETTERS = re.compile(r"[A-Za-z]+")
LEAVES = ("v", "t", "f")
USUAL = frozenset({"c", "v", "is", "t", "f", "row"})  # names without a prefix
TEXTS = ("inlineStr", "str")


def rows(
    part: Part, texts: Sequence[str], styles: Mapping[str, Shown], from_1904: bool
) -> Iterator[Row]:
    """The rows of a sheet that hold at least one value, in order.

    Args:
        texts: The shared texts.
        styles: How styles show numbers, as `formats.shown_by_style` gives it.
        from_1904: Are days counted from 1904?

    Raises:
        Refusal: The sheet is damaged or larger than a sheet can be.
    """
    reader = _Rows(part, texts, styles, from_1904)
    row = unfinished = 0
    for _ in feed(part, reader.start, reader.end, reader.pieces):
        yield from reader.done
        reader.done.clear()
        unfinished = unfinished + PIECE if reader.inside and reader.row == row else 0
        row = reader.row
        if unfinished > LONGEST_ROW:
            raise part.refusal("received-long-row", row=row)


class _Rows:
    """Collects cells and rows while they are parsed.

    Attributes:
        done: Rows that are complete and not yet handed on.
        cells: Those of the row that is being parsed.
    """

    def __init__(
        self, part: Part, texts: Sequence[str], styles: Mapping[str, Shown], from_1904: bool
    ):
        self.part = part
        self.texts = texts
        self.styles = styles
        self.from_1904 = from_1904
        self.done: list[Row] = []
        self.pieces: list[str] = []
        self.cells: dict[int, Value] = {}
        self.columns = _Columns(part)
        self.spilled = Spilled()
        self.depth = 0
        self.row = 0
        self.column = 0
        self.inside = False  # the part of the sheet that holds rows
        self.aids = 0
        self.runs: list[str] | None = None
        self.kind: str | None = None
        self.style: str | None = None
        self.raw: str | None = None
        self.formula: str | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.part.refusal("received-deep")
        if not self.inside:
            self.inside = local(name) == "sheetData"
            return
        if name not in USUAL:
            name = local(name)
        if name == "c":
            place = attributes.get("r")
            self.column = self.columns[place.rstrip(DIGITS)] if place else self.column + 1
            self.kind = attributes.get("t")
            self.style = attributes.get("s")
            self.raw = self.formula = None
        elif name in LEAVES:
            self.pieces.clear()
            if name == "f" and attributes:
                self.spilled.add(attributes)
        elif name == "row":
            self._start_row(attributes.get("r"))
        elif name == "is":
            self.runs = []
        elif name == "rPh":
            self.aids += 1

    def end(self, name: str) -> None:
        self.depth -= 1
        if not self.inside:
            return
        if name not in USUAL:
            name = local(name)
        if name == "v":
            self.raw = "".join(self.pieces)
        elif name == "c":
            if self.raw is not None or self.formula is not None:
                self._end_cell()
        elif name == "t":
            if self.runs is not None and not self.aids:
                self.runs.append("".join(self.pieces))
        elif name == "f":
            self.formula = "".join(self.pieces)
        elif name == "row":
            if self.cells:
                self.spilled.mark(self.row, self.cells)
                self.done.append((self.row, self.cells))
                self.cells = {}
        elif name == "is":
            self.raw = "".join(self.runs or ())
            self.runs = None
        elif name == "rPh":
            self.aids -= 1
        elif name == "sheetData":
            self.inside = False

    def _start_row(self, number: str | None) -> None:
        row = int(number) if number else self.row + 1
        if row <= self.row:
            raise self.part.refusal("received-order", row=row)
        if row > LAST_ROW:
            raise self.part.refusal("received-dimensions", what="rows", most=f"{LAST_ROW:,}")
        self.row = row
        self.column = 0

    def _end_cell(self) -> None:
        if self.column > LAST_COLUMN:
            self.columns.refuse()
        kind = self.kind
        raw = self.raw
        style = self.style
        if self.formula is None and raw:
            if kind == "s":
                text = self.texts[_index(raw)]
                if text:
                    self.cells[self.column] = text
                return
            if (kind is None or kind == "n") and style not in self.styles:
                try:
                    number = float(raw)
                except ValueError:
                    pass
                else:
                    if number - number == 0:  # neither endless nor undefined
                        self.cells[self.column] = number
                        return
        if raw and len(raw) > LONGEST_TEXT:
            raise self.part.refusal("received-long-text", most=f"{LONGEST_TEXT:,}")
        if kind == "s" and raw:
            raw = self.texts[_index(raw)]
        if kind in TEXTS and raw and self.formula is None:
            text = plain(raw)
            if text:
                self.cells[self.column] = text
            return
        shown = self.styles.get(style or "0", "")
        value = understood(kind, raw, shown, self.formula, self.from_1904)
        if value is not None:
            self.cells[self.column] = value


class _Columns(dict[str, int]):
    """Letters → number of the column, calculated once for each."""

    def __init__(self, part: Part):
        super().__init__()
        self.part = part

    def __missing__(self, letters: str) -> int:
        if not LETTERS.fullmatch(letters):
            raise ValueError(letters)
        number = column_number(letters.upper()[:4])
        if number > LAST_COLUMN:
            self.refuse()
        self[letters] = number
        return number

    def refuse(self) -> None:
        """Raises `Refusal`: the sheet has a column that no sheet has."""
        raise self.part.refusal("received-dimensions", what="columns", most=f"{LAST_COLUMN:,}")


def _index(raw: str) -> int:
    number = int(raw)
    if number < 0:
        raise ValueError(raw)
    return number
