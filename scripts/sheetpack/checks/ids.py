"""Ids that are unique over the whole package, and cells that may hold any of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetpack.catalogue import did_you_mean
from sheetpack.issue import Issue
from sheetpack.package import Package
from sheetpack.table import Table


def shared_ids(package: Package, tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Ids used by two tables with the setting `sharedIds`; `anyId` cells that name no row.

    Cells are not checked while a table that may hold the id cannot be read.
    """
    sharing = [
        resource.name for resource in package.resources if resource.settings.get("sharedIds")
    ]
    owners: dict[str, tuple[str, int]] = {}
    for name in sharing:
        if name in tables:
            yield from _taken(tables[name], owners)
    if all(name in tables for name in sharing):
        for table in tables.values():
            yield from _strangers(table, owners)


def _taken(table: Table, owners: dict[str, tuple[str, int]]) -> Iterator[Issue]:
    """Ids that another table has already; the table's own ids join the `owners`."""
    (field,) = table.resource.primary_key
    own: dict[str, tuple[str, int]] = {}
    for row in table.rows:
        at = table.resource.positions[field]
        value = row.raw[at]
        if row.values[at] is None:
            continue
        if str(value) in owners:
            other, first = owners[str(value)]
            yield table.issue("id-twice", row, field, value=value, other=other, first=first)
        own.setdefault(str(value), (table.resource.name, row.number))
    owners |= {value: place for value, place in own.items() if value not in owners}


def _strangers(table: Table, owners: dict[str, tuple[str, int]]) -> Iterator[Issue]:
    for field in table.resource.fields:
        if field.settings.get("anyId"):
            at = table.resource.positions[field.name]
            for row in table.rows:
                cell = row.raw[at]
                if row.values[at] is not None and str(cell) not in owners:
                    guess = did_you_mean(cell, owners)
                    yield table.issue("any-id", row, field.name, cell=cell, guess=guess)
