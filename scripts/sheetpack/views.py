"""The reading tables: a package's views, run over its data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from sheetpack import database
from sheetpack.catalogue import issue
from sheetpack.issue import Refusal
from sheetpack.package import Package, View
from sheetpack.table import Table


class Record(NamedTuple):
    """Where a record stands: the resource, and its row number in the file."""

    resource: str
    row: int


@dataclass(frozen=True)
class Reading:
    """What a view gives.

    Attributes:
        file: The SQL file as people know it, for messages.
        headers: Human headers, each its own, in reading order.
        rows: Text, whole numbers, numbers and None.
        records: For each row the record it is about; None where the view names none.
    """

    view: View
    file: str
    headers: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    records: tuple[Record | None, ...]


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
        ids = {
            key: Record(resource, row)
            for resource, key, row in connection.execute(
                f"SELECT resource, id, row FROM {database.RECORDS}"
            )
        }
        readings, problems = [], []
        for view in package.views:
            try:
                headers, rows = database.select(
                    connection, queries[view.name], _file(view, package)
                )
                readings.append(_reading(view, headers, rows, ids, package))
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


def _reading(
    view: View,
    headers: list[str],
    rows: list[tuple[Any, ...]],
    ids: Mapping[str, Record],
    package: Package,
) -> Reading:
    file = _file(view, package)
    known = sorted(header.strip().casefold() for header in headers)
    twice = [one for one, other in pairwise(known) if one == other]
    if twice or not known[0]:
        raise Refusal(issue("view-header", file=file, header=twice[0] if twice else ""))
    for number, row in enumerate(rows, start=2):
        for at, value in enumerate(row):
            if isinstance(value, bytes):
                place = {"file": file, "row": number, "column": at + 1, "field": headers[at]}
                raise Refusal(issue("view-value", **place))
    return Reading(view, file, tuple(headers), rows, _records(view, file, headers, rows, ids))


def _records(
    view: View,
    file: str,
    headers: list[str],
    rows: list[tuple[Any, ...]],
    ids: Mapping[str, Record],
) -> tuple[Record | None, ...]:
    link = view.settings.get("link")
    if link is None:
        return (None,) * len(rows)
    if link not in headers:
        known = ", ".join(headers)
        raise Refusal(issue("view-link", file=file, view=view.title, header=link, headers=known))
    at = headers.index(link)
    return tuple(ids.get(str(row[at])) for row in rows)
