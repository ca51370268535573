"""What was read from one resource: its rows, raw and typed, with their numbers."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sheetpack import catalogue
from sheetpack.issue import Issue, Level
from sheetpack.package import Resource
from sheetpack.rows import Row, Rows


@dataclass
class Table:
    """What was read from one resource.

    Attributes:
        issues: What was wrong with the file, its header, its rows and cells.
        readable: False where the file or its header is so wrong that the rows mean
            nothing; checks across tables then leave this one out instead of adding noise.
        columns: Field name → column in the file, counted from 1. A field that the file
            need not have (see `fieldsMatch` in Table Schema) is absent.
        sheet: The sheet it stands on in a workbook; "" for a file.
        headers: Field name → what its column is called there.
    """

    resource: Resource
    rows: Rows = field(default_factory=Rows)
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
        pieces = self.rows.columns(self.resource.positions[name])
        return (value for _, ((_, values),) in pieces for value in values)

    def rows_of(self, numbers: Container[int]) -> Iterator[Row]:
        """The rows that bear these numbers, in order; a table without any is not gone through."""
        return (row for row in self.rows if row.number in numbers) if numbers else iter(())

    def key(self, row: Row) -> tuple[Any, ...]:
        """The row's primary key as typed values; () where the resource has none."""
        return tuple(
            row.values[self.resource.positions[name]] for name in self.resource.primary_key
        )

    def key_text(self, row: Row) -> str:
        """The row's primary key as people write it, parts joined by " / "."""
        return written(row.raw[self.resource.positions[name]] for name in self.resource.primary_key)

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


def written(key: Iterable[Any]) -> str:
    """The raw cells of a primary key as people write them."""
    return " / ".join(str(cell) for cell in key if cell is not None)
