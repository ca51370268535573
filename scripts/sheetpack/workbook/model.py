"""A workbook as plain data: which sheet, row, column, range, name, note and link.

Nothing here opens a file. Rows and columns are counted from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sheetpack.issue import column_letters

Group = Literal["reading", "data", "reference", "hidden"]


class Styled(NamedTuple):
    """A cell whose style is not the usual one of its value; styles are in `styles`."""

    value: Any
    style: str


class Spot(NamedTuple):
    """One cell of one sheet."""

    sheet: str
    row: int
    column: int

    @property
    def reference(self) -> str:
        """As a formula or link names it."""
        return f"{quoted(self.sheet)}!{column_letters(self.column)}{self.row}"


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Attributes:
        width: In characters.
        style: The style of cells yet to be filled.
        note: What the header says when the pointer rests on it; "" for nothing.
    """

    header: str
    width: float
    style: str = "text"
    note: str = ""


@dataclass(frozen=True)
class TableRange:
    """A real table: its header stands in `row`, with `length` rows below it.

    Attributes:
        filtered: Do its headers carry filter buttons?
        headers: Its own headers, where it is one of several on its sheet; else those of
            the sheet's columns.
    """

    name: str
    row: int
    length: int
    width: int
    filtered: bool = True
    headers: tuple[str, ...] = ()

    @property
    def range(self) -> str:
        """In A1 notation; a table of a spreadsheet has at least one row below its header."""
        return f"A{self.row}:{column_letters(self.width)}{self.row + max(self.length, 1)}"


class Series(NamedTuple):
    """One row of bars, one line or one pie of a drawing.

    Attributes:
        range: The cells of the numbers, as a formula names them, and `title_cell` likewise.
        values: What stands there, for programs that show a drawing without its cells.
    """

    title: str
    title_cell: str
    range: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Drawing:
    """A chart on a sheet, drawn from cells.

    Attributes:
        kind: "column" stands upright, "bar" lies.
        text: Says what the drawing shows to those who cannot see it.
        row: Of the cell at its upper left corner, and `column` likewise.
        offset: How far it is moved to the right from there, in pixels.
        width: In pixels, and `height` likewise.
        range: The cells of the labels, as a formula names them.
        labels: What stands there.
    """

    kind: Literal["column", "bar", "line", "pie"]
    title: str
    text: str
    row: int
    column: int
    offset: int
    width: int
    height: int
    range: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]


class Link(NamedTuple):
    """A cell that leads somewhere else: to a `Spot`, or to an address on the web."""

    row: int
    column: int
    target: Spot | str
    tip: str


@dataclass(frozen=True)
class _OnRows:
    """Something about some rows of a column."""

    column: int
    first_row: int
    last_row: int

    @property
    def range(self) -> str:
        letters = column_letters(self.column)
        return f"{letters}{self.first_row}:{letters}{self.last_row}"


@dataclass(frozen=True)
class Choice(_OnRows):
    """What may be typed into some rows of a column, and what is said about it.

    Attributes:
        source: A formula without "=": the range or defined name of a drop-down ("list"),
            or what is TRUE for a good first cell ("custom"); "" where nothing is refused
            ("any").
        blank: May the cell stay empty?
    """

    source: str
    blank: bool
    prompt_title: str
    prompt: str
    error_title: str
    error: str
    kind: Literal["list", "custom", "any"] = "list"


@dataclass(frozen=True)
class Mark(_OnRows):
    """Turns cells red that break a rule.

    Attributes:
        formula: Without "="; TRUE if the first cell breaks it.
    """

    formula: str


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        rows: All rows from row 1 on, the header included; each a tuple of values
            (text, numbers, booleans, dates, None) and `Styled` cells. May be read once only.
        height: How many rows there are.
        freeze: How many rows and columns stay in sight.
        tables: Where there are several tables, each with its own headers.
        shaded: Ranges whose cells are the darker, the greater their number.
    """

    name: str
    group: Group
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Any]]
    height: int
    table: TableRange | None = None
    freeze: tuple[int, int] = (1, 0)
    choices: tuple[Choice, ...] = ()
    links: Sequence[Link] = ()
    marks: tuple[Mark, ...] = ()
    tables: tuple[TableRange, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    shaded: tuple[str, ...] = ()

    @property
    def size(self) -> str:
        """The range of all cells, in A1 notation."""
        return f"A1:{column_letters(len(self.columns))}{self.height}"


class Origin(NamedTuple):
    """What a workbook was built from.

    Attributes:
        contract: Its fingerprint, see `fingerprint.contract`; "" for a workbook that is not to
            come back.
        rows: How many, of all resources together.
    """

    contract: str
    rows: int


NO_ORIGIN = Origin("", 0)


@dataclass(frozen=True)
class Book:
    """A whole workbook.

    Attributes:
        names: Defined names → formulas without "=".
        created: What the file says about its making; never the clock.
        styles: Styles that only this workbook uses, besides those of all.
    """

    title: str
    description: str
    creator: str
    language: str
    created: datetime
    sheets: tuple[Sheet, ...]
    names: dict[str, str] = field(default_factory=dict)
    styles: dict[str, dict[str, Any]] = field(default_factory=dict)
    origin: Origin = NO_ORIGIN


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"
