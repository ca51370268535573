"""Ids that are unique over the whole package, and cells that may hold any of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from sheetpack.catalogue import did_you_mean, neighbours
from sheetpack.checks.alike import repeated, unanswered
from sheetpack.checks.keys import MOST_GUESSES
from sheetpack.issue import Issue
from sheetpack.package import Package, Resource
from sheetpack.table import Table

Place = TypeVar("Place")
Id = tuple[str, str, int]  # the id, and the resource and row that it stands in


def shared_ids(package: Package, tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Ids used by two tables with the setting `sharedIds`; `anyId` cells that name no row.

    Cells are not checked while a table that may hold the id cannot be read.
    """
    sharing = [resource.name for resource in package.resources if _shares(resource)]
    readable = [tables[name] for name in sharing if name in tables]
    yield from _taken(readable)
    if len(readable) == len(sharing):
        strange: defaultdict[tuple[str, str], set[int]] = defaultdict(set)  # of fields: rows
        for _, place, number in unanswered(_naming(tables), _ids(readable), _height(readable)):
            strange[place].add(number)
        for (name, field), numbers in strange.items():
            yield from _strangers(tables[name], field, numbers, readable)


def _shares(resource: Resource) -> bool:
    return bool(resource.settings.get("sharedIds"))


def _taken(sharing: Sequence[Table]) -> Iterator[Issue]:
    """Ids that an earlier table has already."""
    taken: defaultdict[str, dict[int, Id]] = defaultdict(dict)  # of each table, by row
    for (_, name, number), first in repeated(_ids(sharing), _height(sharing)):
        if name != first[1]:
            taken[name][number] = first
    for table in sharing:
        (field,) = table.resource.primary_key
        found = taken[table.resource.name]
        for row in table.rows_of(found):
            value = row.raw[table.resource.positions[field]]
            _, other, first = found[row.number]
            yield table.issue("id-twice", row, field, value=value, other=other, first=first)


def _naming(tables: Mapping[str, Table]) -> Iterator[tuple[str, tuple[str, str], int]]:
    """Every cell that may name any row, its table and field, and the number of its row."""
    for name, table in tables.items():
        for field in table.resource.fields:
            if field.settings.get("anyId"):
                yield from _cells(table, field.name, (name, field.name))


def _strangers(
    table: Table, field: str, numbers: set[int], sharing: Sequence[Table]
) -> Iterator[Issue]:
    """What is wrong with the cells of one field that name no row."""
    at = table.resource.positions[field]
    words = [str(row.raw[at]) for row in islice(table.rows_of(numbers), MOST_GUESSES)]
    candidates = neighbours(words, (each[0] for each in _ids(sharing)))
    for count, row in enumerate(table.rows_of(numbers)):
        guess = did_you_mean(row.raw[at], candidates) if count < MOST_GUESSES else ""
        yield table.issue("any-id", row, field, cell=row.raw[at], guess=guess)


def _ids(sharing: Iterable[Table]) -> Iterator[Id]:
    """Every id, and the name of its table and the number of its row."""
    for table in sharing:
        (field,) = table.resource.primary_key
        yield from _cells(table, field, table.resource.name)


def _cells(table: Table, field: str, place: Place) -> Iterator[tuple[str, Place, int]]:
    """The cells of a field as text, but for blank ones, each with the place and its row."""
    for numbers, ((cells, values),) in table.rows.columns(table.resource.positions[field]):
        yield from [
            (str(cell), place, number)
            for cell, value, number in zip(cells, values, numbers, strict=True)
            if value is not None
        ]


def _height(tables: Iterable[Table]) -> int:
    return sum(len(table.rows) for table in tables)
