"""The functions that a package's SQL finds: some of ours; none that depend on day or machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import Any

from sheetpack import dates
from sheetpack.package import Package
from sheetpack.table import Table

MOST_DATES_KNOWN = 16_384
# The same data must give the same rows on every day and machine, and load nothing.
REFUSED_FUNCTIONS = {
    "changes",
    "current_date",
    "current_time",
    "current_timestamp",
    "last_insert_rowid",
    "load_extension",
    "random",
    "randomblob",
    "sqlite_compileoption_get",
    "sqlite_compileoption_used",
    "sqlite_source_id",
    "sqlite_version",
    "timediff",
    "total_changes",
}
# SQLite's functions of time, and which of their arguments is the time.
TIME_FUNCTIONS = {
    "date": 0,
    "datetime": 0,
    "julianday": 0,
    "strftime": 1,
    "time": 0,
    "unixepoch": 0,
}
CLOCK = {"now", "subsec", "subsecond"}  # each is today's time where the time should stand
PLACE = {"now", "localtime", "utc"}  # depend on the day or the machine wherever they stand


class Connection(sqlite3.Connection):
    """A database whose functions are these.

    Attributes:
        complaint: Why one of our functions refused its arguments; SQLite does not pass it on.
        refused: Functions that nobody may call.
    """

    complaint = ""
    refused: frozenset[str] = frozenset(REFUSED_FUNCTIONS)


def add(connection: Connection, package: Package, tables: Mapping[str, Table]) -> None:
    """Make our functions known to a database, and guard SQLite's own of time."""
    labels = _code_labels(package, tables)

    @lru_cache(MOST_DATES_KNOWN)
    def bounds(text: str) -> tuple[date | None, date | None] | None:
        return dates.bounds(text)

    def bound(text: Any, which: int) -> str | None:
        found = bounds(str(text)) if text is not None else None
        return found[which].isoformat() if found and found[which] else None

    functions = {
        "edtf_earliest": (1, lambda text: bound(text, 0)),
        "edtf_latest": (1, lambda text: bound(text, 1)),
        "edtf_label": (1, lambda text: None if text is None else dates.label(str(text))),
        "code_label": (2, lambda codes, code: labels.get((codes, code))),
    }
    for name, (arguments, function) in functions.items():
        connection.create_function(name, arguments, function, deterministic=True)
    _guard_time(connection)


def _guard_time(connection: Connection) -> None:
    """Put functions over SQLite's own of time, which refuse what changes from day to day."""
    original = sqlite3.connect(":memory:")  # answers what is not refused

    def guarded(name: str, *arguments: Any) -> Any:
        at = TIME_FUNCTIONS[name]
        words = [_word(argument) for argument in arguments]
        if len(words) <= at or words[at] in CLOCK or PLACE.intersection(words):
            connection.complaint = (
                f"{name}() needs a time from the data; the present time, “localtime” and “utc” "
                "are refused, as they would give other rows on another day or computer"
            )
            raise ValueError(connection.complaint)
        marks = ", ".join("?" * len(arguments))
        return original.execute(f"SELECT {name}({marks})", arguments).fetchone()[0]

    for name in TIME_FUNCTIONS:
        connection.create_function(name, -1, partial(guarded, name), deterministic=True)


def _word(argument: Any) -> str:
    """An argument as SQLite reads a word: also from bytes, and only as far as a NUL."""
    text = argument.decode(errors="replace") if isinstance(argument, bytes) else str(argument)
    return text.partition("\0")[0].strip().lower()


def _code_labels(package: Package, tables: Mapping[str, Table]) -> dict[tuple[str, str], str]:
    """(list, code) → label, from the resource that the setting `codes` names."""
    names = package.settings.get("codes") or {}
    table = tables.get(names.get("resource", ""))
    if table is None or not table.readable:
        return {}
    columns: Iterable[Iterator[Any]] = (
        table.column(names[part]) for part in ("list", "code", "label")
    )
    return {(codes, code): label for codes, code, label in zip(*columns, strict=True)}
