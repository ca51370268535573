"""What a merge gives, as tables that can be checked, and where each of their rows stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sheetpack.edits.model import Cells, Conflict, Merged, MergedRow
from sheetpack.issue import Issue
from sheetpack.package import Package
from sheetpack.reading import typed
from sheetpack.received.edited import Edited
from sheetpack.table import Table


@dataclass(frozen=True)
class Result:
    """The tables of a merge.

    Attributes:
        tables: Resource → its table. Its rows bear the numbers that they have on the sheet,
            or, where some are not there, those that they will have in the file.
        origins: Resource → number of a row → the row of the merge.
        current: The tables as they are now.
    """

    tables: dict[str, Table]
    origins: dict[str, dict[int, MergedRow]]
    edited: Edited
    current: Mapping[str, Table]

    def placed(self, issues: Iterable[Issue]) -> list[Issue]:
        """The same issues, told of the workbook where the row or the column stands there."""
        return sorted(self._placed(issue) for issue in issues)

    def _placed(self, issue: Issue) -> Issue:
        place = self.edited.places.get(issue.resource)
        origin = self.origins.get(issue.resource, {}).get(issue.row)
        if origin and self._is_of_data(issue, origin):
            return self._in_data(issue, origin.current_row)
        if place and origin and origin.edited_row:
            column = place.header.columns.get(issue.field, 0)
            row = origin.edited_row
        elif place and not issue.row:
            row, column = 0, place.header.columns.get(issue.field, 0)
        else:
            return self._in_data(issue, origin.current_row) if origin else issue
        where = {"file": self.edited.file, "sheet": place.sheet.name}
        where["header"] = self.edited.header(issue.resource, column)
        return replace(issue, row=row, column=column, **where)

    def _is_of_data(self, issue: Issue, origin: MergedRow) -> bool:
        """Is it about a cell that the data has so, and the workbook otherwise or not at all?"""
        if not (issue.field and origin.edited_row and origin.current_row):
            return False
        fields = self.edited.side[issue.resource].fields
        if issue.field not in fields:
            return True
        said = self._said[issue.resource][origin.edited_row][fields.index(issue.field)]
        at = self.current[issue.resource].resource.positions[issue.field]
        return said != origin.cells[at]

    @cached_property
    def _said(self) -> dict[str, dict[int, Cells]]:
        """What the workbook says: resource → number of a row → its cells."""
        return {
            name: {line.row: line.cells for line in grid.lines}
            for name, grid in self.edited.side.items()
        }

    def _in_data(self, issue: Issue, row: int) -> Issue:
        """The same issue at a row which only the data has."""
        now = self.current[issue.resource]
        column = now.columns.get(issue.field, 0)
        return replace(issue, file=now.resource.file, row=row, column=column)


def result(
    package: Package, current: Mapping[str, Table], edited: Edited, merged: Merged
) -> Result:
    """Type what a merge gives."""
    tables: dict[str, Table] = {}
    origins: dict[str, dict[int, MergedRow]] = {}
    for resource in package.resources:
        now, place = current[resource.name], edited.places.get(resource.name)
        if place:
            columns = now.columns | place.header.columns
            resource = replace(resource, file=place.sheet.name)
        else:  # without a sheet; renamed keys of others are followed there all the same
            columns = now.columns
        rows = _numbered(merged.rows[resource.name])
        origins[resource.name] = rows
        cells = ((number, row.cells) for number, row in rows.items())
        table = tables[resource.name] = typed(resource, columns, cells, like=now)
        if place:
            labels = place.header.labels
            table.sheet = place.sheet.name
            table.headers = {name: labels[at] for name, at in place.header.columns.items()}
    return Result(tables, origins, edited, current)


def conflict_place(conflict: Conflict, edited: Edited) -> tuple[str, int, int]:
    """Sheet, row and column of a conflict in the workbook; 0 where it has none there."""
    place = edited.places[conflict.resource]
    column = place.header.columns.get(conflict.field, 0)
    if not column and conflict.edited_row:
        column = min(place.header.columns.values())
    return place.sheet.name, conflict.edited_row, column


def _numbered(rows: Sequence[MergedRow]) -> dict[int, MergedRow]:
    """Rows by the numbers by which people know them."""
    if all(row.edited_row for row in rows):
        return {row.edited_row: row for row in sorted(rows, key=lambda row: row.edited_row)}
    return dict(enumerate(rows, start=2))
