"""What was read from one resource: its rows, raw and typed, with their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sheetpack import catalogue
from sheetpack.issue import Issue, Level
from sheetpack.package import Resource
from sheetpack.spool import Spool


class Row(NamedTuple):
    """One row, its cells in the order of the resource's fields.

    Attributes:
        number: Row as a spreadsheet counts it: the header is row 1.
        raw: The cells as the file has them (text for a CSV; None for a missing cell).
        values: The same cells typed; None where blank, or where the type did not fit.
    """

    number: int
    raw: tuple[Any, ...]
    values: tuple[Any, ...]


def no_rows() -> Spool[Row]:
    """Rows to be: they go to the disk once there are many of them."""
    return Spool(make=Row._make)


@dataclass
class Table:
    """What was read from one resource.

    Attributes:
        rows: Go through them as seldom as you can: what is not in memory has to be read anew.
        issues: What was wrong with the file, its header, its rows and cells.
        readable: False where the file or its header is so wrong that the rows mean
            nothing; checks across tables then leave this one out instead of adding noise.
        columns: Field name → column in the file, counted from 1. A field that the file
            need not have (see `fieldsMatch` in Table Schema) is absent.
        sheet: The sheet it stands on in a workbook; "" for a file.
        headers: Field name → what its column is called there.
    """

    resource: Resource
    rows: Spool[Row] = field(default_factory=no_rows)
    issues: list[Issue] = field(default_factory=list)
    readable: bool = True
    columns: dict[str, int] = field(default_factory=dict)
    sheet: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """What people call it: by its sheet in a workbook, else by the name of the resource."""
        return self.sheet or self.resource.name

    def headings(self, names: Iterable[str]) -> list[str]:
        """What people call these fields: by their headers in a workbook, else by their names."""
        return [self.headers.get(name, name) for name in names]

    def column(self, name: str) -> Iterator[Any]:
        """The typed values of one field, row by row."""
        at = self.resource.positions[name]
        return (row.values[at] for row in self.rows)

    def key(self, row: Row) -> tuple[Any, ...]:
        """The row's primary key as typed values; () where the resource has none."""
        return tuple(
            row.values[self.resource.positions[name]] for name in self.resource.primary_key
        )

    def key_text(self, row: Row) -> str:
        """The row's primary key as people write it, parts joined by " / "."""
        cells = (row.raw[self.resource.positions[name]] for name in self.resource.primary_key)
        return " / ".join(str(cell) for cell in cells if cell is not None)

    def issue(
        self,
        code: str,
        row: Row | int | None = None,
        field: str = "",
        level: Level = "error",
        **facts: Any,
    ) -> Issue:
        """An issue about this table, its row or one cell of it; the place is filled in here.

        Args:
            row: The row, or its number where there is no readable row.
        """
        known = isinstance(row, Row)
        return catalogue.issue(
            code,
            file=self.resource.file,
            resource=self.resource.name,
            row=row.number if known else row or 0,
            column=self.columns.get(field, 0),
            field=field,
            key=self.key_text(row) if known else "",
            level=level,
            **facts,
        )
