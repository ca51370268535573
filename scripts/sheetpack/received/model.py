"""What is read from a workbook that somebody sends: sheets, and what stands in their cells.

Rows and columns are counted from 1. A cell that is nothing but its value is that value: a
text is a `str`, a number a `float`, a truth a `bool`. Everything else is a `Special`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

# How a number is shown: a day, a day with a time, a month or a year alone, a time, a span of
# time, a share of a hundred.
Shown = Literal["", "date", "datetime", "month", "time", "duration", "percent"]


class Special(NamedTuple):
    """A cell that is more than its value.

    Attributes:
        value: What the cell shows; None where a formula was never calculated. Days are the
            numbers by which a spreadsheet knows them, counted from 1900 in every workbook.
        shown: How the number is shown.
        formula: The formula without its "="; None where there is none.
        is_error: Is it an error such as #N/A, then the `value`?
    """

    value: str | float | bool | None
    shown: Shown = ""
    formula: str | None = None
    is_error: bool = False


Value: TypeAlias = str | float | bool | Special
Row: TypeAlias = tuple[int, dict[int, Value]]


class Comment(NamedTuple):
    """What somebody noted at a cell."""

    row: int
    column: int
    author: str
    text: str


@dataclass(frozen=True)
class ReceivedSheet:
    """A sheet of the workbook.

    Attributes:
        number: Its place among all sheets, from 1.
        tables: Names of the real tables on it → their range in A1 notation.
        comments: Notes at cells.
        read: Reads its rows anew at every call: those with at least one value, in order,
            each as its number and column → value. Raises `Refusal` where it is damaged.
        read_merged: The ranges of merged cells, in A1 notation.
    """

    name: str
    number: int
    hidden: bool = False
    tables: dict[str, str] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    read: Callable[[], Iterator[Row]] = field(default=lambda: iter(()), repr=False, compare=False)
    read_merged: Callable[[], list[str]] = field(default=list, repr=False, compare=False)


@dataclass(frozen=True)
class Received:
    """A workbook that somebody sent.

    Attributes:
        file: Its name.
        left_out: What it holds besides cells that is not looked at, in plain words, such as
            "macros".
    """

    file: str
    sheets: tuple[ReceivedSheet, ...]
    left_out: tuple[str, ...] = ()
