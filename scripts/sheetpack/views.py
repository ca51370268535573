"""The reading tables: a package's views, run over its data."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any, NamedTuple

from sheetpack import database
from sheetpack.catalogue import issue
from sheetpack.issue import Issue, Refusal
from sheetpack.package import Package, View
from sheetpack.spool import Spool
from sheetpack.table import Table

ASKED_AT_ONCE = 500  # ids; every version of SQLite takes as many marks in a statement


class Record(NamedTuple):
    """Where a record stands: the resource, and its row number in the file."""

    resource: str
    row: int


NO_RECORD = Record("", 0)


@dataclass(frozen=True)
class Reading:
    """What a view gives.

    Attributes:
        file: The SQL file as people know it, for messages.
        headers: Human headers, each its own, in reading order.
        rows: Text, whole numbers, numbers and None.
        records: For each row the record it is about, `NO_RECORD` where there is none of that
            id; nothing where the view does not say which column names the record.
        sql: The statement as the file has it.
        types: For each column those of its values, None left out.
    """

    view: View
    file: str
    headers: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    records: Sequence[Record] = ()
    sql: str = ""
    types: Sequence[Set[type]] = ()


def run(package: Package, tables: Mapping[str, Table]) -> list[Reading]:
    """Run all views of a package, in the order of its settings.

    Views may read from one another by name.

    Raises:
        Refusal: A file cannot be opened, or its SQL, its headers or its values cannot
            be used; all views that fail are told together.
    """
    if not package.views:
        return []
    connection = database.connect(package, tables)
    try:
        queries = {view.name: _read(view, package) for view in package.views}
        for view in package.views:
            database.add_view(connection, view.name, queries[view.name], _file(view, package))
        readings, problems = [], []
        for view in package.views:
            try:
                readings.append(_reading(view, queries[view.name], connection, package))
            except Refusal as refusal:
                problems += refusal.issues
    finally:
        connection.close()
    if problems:
        raise Refusal(*problems)
    return readings


def _file(view: View, package: Package) -> str:
    """The view's file as people know it: relative to the package where it is inside."""
    inside = view.path.is_relative_to(package.folder)
    return (view.path.relative_to(package.folder) if inside else view.path).as_posix()


def _read(view: View, package: Package) -> str:
    try:
        return view.path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise Refusal(
            issue("view-missing", file=_file(view, package), view=view.title, reason=reason)
        ) from error


def _reading(view: View, sql: str, connection: database.Connection, package: Package) -> Reading:
    file = _file(view, package)
    headers, rows = database.select(connection, sql, file)
    known = sorted(header.strip().casefold() for header in headers)
    twice = [one for one, other in pairwise(known) if one == other]
    if twice or not known[0]:
        raise Refusal(issue("view-header", file=file, header=twice[0] if twice else ""))
    types = _types(headers, rows)
    if any(bytes in each for each in types):
        raise Refusal(_first_bytes(file, headers, rows))
    records = _records(view, file, headers, rows, connection)
    return Reading(view, file, tuple(headers), rows, records, sql, types)


def _types(headers: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> list[set[type]]:
    """The types of the values in each column, None left out."""
    found: list[set[type]] = [set() for _ in headers]
    for row in rows:
        for types, value in zip(found, row, strict=True):
            types.add(type(value))
    return [types - {type(None)} for types in found]


def _first_bytes(file: str, headers: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Issue:
    """The issue about the first value that is bytes, of which there is one at least."""
    return next(
        issue("view-value", file=file, row=number, column=at + 1, field=headers[at])
        for number, row in enumerate(rows, start=2)
        for at, value in enumerate(row)
        if isinstance(value, bytes)
    )


def _records(
    view: View,
    file: str,
    headers: list[str],
    rows: Sequence[tuple[Any, ...]],
    connection: sqlite3.Connection,
) -> Sequence[Record]:
    link = view.settings.get("link")
    if link is None:
        return ()
    if link not in headers:
        known = ", ".join(headers)
        raise Refusal(issue("view-link", file=file, view=view.title, header=link, headers=known))
    at = headers.index(link)
    return Spool(_found((str(row[at]) for row in rows), connection), make=Record._make)


def _found(ids: Iterator[str], connection: sqlite3.Connection) -> Iterator[Record]:
    """The record of each of these ids, in their order."""
    while asked := list(islice(ids, ASKED_AT_ONCE)):
        known = database.records_of(connection, asked)
        yield from (Record(*known.get(each, NO_RECORD)) for each in asked)
