"""What goes into every format, and what comes out of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from sheetpack.charts import Chart
from sheetpack.package import Package
from sheetpack.scratch import Scratch
from sheetpack.table import Table
from sheetpack.views import Reading

NOT_IN_FILE_NAME = re.compile(r"[^\w.-]|^\.+")
# What Windows takes for a device, whatever follows the first dot.
DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
# What a descriptor says to programs that work on the package, not of the data.
OF_PACKAGE = ("$schema", "profile", "views", "sheetpack")
LONGEST_FILE_NAME = 60  # characters; even at four bytes each, with what is added, a disk holds it


@dataclass(frozen=True)
class Content:
    """What all formats are made from: the contract, and valid data in every shape.

    Attributes:
        tables: Resource name → what was read from it.
        readings: What all views give, also those that are for other views only.
        charts: What is drawn on the dashboard of the workbook.
    """

    package: Package
    tables: Mapping[str, Table]
    readings: Sequence[Reading]
    charts: Sequence[Chart] = ()

    @property
    def rows(self) -> int:
        """How many rows the tables have together."""
        return sum(len(table.rows) for table in self.tables.values())


def any_difference(ours: BinaryIO, theirs: BinaryIO) -> list[str]:
    """Files of which every byte counts; they are known to differ."""
    return ["its rows or headers"]


@dataclass(frozen=True)
class Product:
    """One file that a build gives.

    Attributes:
        path: Relative to the folder that is built.
        made: What it will hold.
        rows: Number of rows, headers not counted; None for a file that holds none.
        sheets: Number of sheets that can be seen; 0 for all but a workbook.
        about: What the descriptor of the folder says of the file, besides its path and size.
        differing: What differs, in words, between such a file and another one with other
            bytes, both open at their beginnings; nothing where the same is only written in
            another way. Raises one of `files.UNREADABLE` where the other one is damaged.
    """

    path: Path
    made: Scratch
    rows: int | None = None
    sheets: int = 0
    about: Mapping[str, Any] = field(default_factory=dict)
    differing: Callable[[BinaryIO, BinaryIO], list[str]] = any_difference

    @property
    def content(self) -> bytes:
        """All that it will hold, in memory."""
        return b"".join(self.made.pieces())


def file_name(name: str) -> str:
    """A name that stays inside the folder it is written to, and that every system can hold."""
    inert = NOT_IN_FILE_NAME.sub("-", name)[:LONGEST_FILE_NAME]
    return DEVICE.sub(r"\1-", inert) if DEVICE.match(inert) else inert


def kinds(reading: Reading) -> list[str]:
    """The type of each column of a view, in the words of Table Schema.

    SQL declares none for an expression, so they are those of the values: "integer" where
    all are whole numbers, "number" where all are numbers, else "string".
    """
    return [_kind(types) for types in reading.types]


def _kind(found: Set[type]) -> str:
    if found and found <= {int}:
        return "integer"
    return "number" if found and found <= {int, float} else "string"
