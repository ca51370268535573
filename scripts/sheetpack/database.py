"""The tables as a temporary SQLite database, for a package's own SQL.

The SQL of a package is a stranger's: it may read the tables and nothing else, and it
may not run for ever. See `connect` for what it finds.
"""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import partial
from itertools import islice
from pathlib import PurePath
from typing import Any

from sheetpack import bounds, sql_functions
from sheetpack.catalogue import issue
from sheetpack.issue import Refusal
from sheetpack.package import Field, Package, Resource
from sheetpack.rows import Column
from sheetpack.spool import NoRoom, Spool
from sheetpack.sql_functions import Connection
from sheetpack.table import Table, written

RECORDS = "_records"
LARGEST_INTEGER = 2**63 - 1
LARGEST_RESULT = 500_000_000  # bytes in all rows of one query, about
VALUE_OVERHEAD = 50  # bytes that a value takes besides its text, about
MOST_ROWS = 1_048_575  # as many as a sheet holds below its header
STEPS_BETWEEN_LOOKS = 100_000
MOST_LOOKS = 20_000  # about a minute on a slow machine, and the same answer on a fast one

# Integers carry no affinity, so that one too long for SQLite stays exact, as text.
AFFINITY = {"integer": "", "year": "", "boolean": "", "number": "REAL"}
OF_THE_DISK = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}


def connect(package: Package, tables: Mapping[str, Table]) -> Connection:
    """Put all readable tables into a database of nobody else's, ready for `select`.

    It is in memory while it is small, and on the disk, without a name, as it grows.

    There is a table per resource, named as the resource, with a column per field;
    SQLite's `rowid` is the row number in the file. Integers are INTEGER, numbers REAL,
    booleans 0 or 1, dates and times ISO text, all else the text of the file; a blank is
    NULL. `_records(resource, id, label, row)` lists the records of all resources that
    share one space of ids. The functions are `edtf_earliest(text)`, `edtf_latest(text)`,
    `edtf_label(text)` and `code_label(list, code)`; of SQLite's own, those whose answer
    depends on the day or the machine are refused.

    Args:
        package: The contract.
        tables: Resource name → what was read from it.

    Raises:
        Refusal: A resource cannot be a table of SQLite, for instance because two of
            its fields differ only in capitals, or it is named `_records`.
        NoRoom: The disk has no room for the tables.
    """
    connection = sqlite3.connect("", isolation_level=None, cached_statements=0, factory=Connection)
    try:
        _set_up(connection, package, tables)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: Connection, package: Package, tables: Mapping[str, Table]) -> None:
    bounds.set_up(connection)
    readable = [table for table in tables.values() if table.readable]
    longest = 0
    connection.execute("BEGIN")
    connection.execute(f'CREATE TABLE "{RECORDS}" (resource TEXT, id TEXT, label TEXT, row)')
    for table in readable:
        try:
            with _on_disk():
                longest = max(longest, _fill(connection, table))
                _add_indexes(connection, table.resource)
        except (sqlite3.Error, MemoryError) as error:
            name = table.resource.name
            reason = str(error) or f"it takes more than {bounds.MEMORY_IN_WORDS}"
            raise Refusal(
                issue("database-table", file=table.resource.file, resource=name, reason=reason)
            ) from error
    with _on_disk():
        connection.execute(f'CREATE INDEX "{RECORDS} by id" ON "{RECORDS}" (id)')
        connection.execute("COMMIT")
    connection.refused |= bounds.narrow(connection, longest)
    sql_functions.add(connection, package, tables)


@contextmanager
def _on_disk() -> Iterator[None]:
    """What SQLite says of the disk is no fault of a table, nor of a statement."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in OF_THE_DISK:
            raise NoRoom(errno.ENOSPC, str(error)) from error
        raise


def add_view(connection: sqlite3.Connection, name: str, sql: str, file: str) -> None:
    """Make a SELECT known under a name, so that other SQL can read from it.

    Nothing runs yet: what the SQL names may be added later.

    Args:
        connection: From `connect`.
        name: The name other SQL uses.
        sql: One SELECT statement.
        file: Where it stands, for messages.

    Raises:
        Refusal: The SQL is not one SELECT, or the name is taken.
    """
    try:
        connection.execute(f"CREATE VIEW {_quoted(name)} AS {sql}")
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        raise _wrong(file, error) from error


def select(connection: Connection, sql: str, name: str) -> tuple[list[str], Spool[tuple[Any, ...]]]:
    """Run one SELECT that a package brings along.

    Args:
        connection: From `connect`.
        sql: One statement; only reading is allowed.
        name: Where it stands (the SQL file), for messages.

    Returns:
        The column names and all rows, in the order of the statement.

    Raises:
        Refusal: The SQL is wrong, wants to do more than read, or does not come to an end,
            or gives more than can be held.
        NoRoom: The disk has no room for what it sorts, or for the rows.
    """
    connection.complaint = ""
    looks, disk = iter(range(MOST_LOOKS)), bounds.Disk()
    connection.set_progress_handler(
        lambda: next(looks, None) is None or disk.is_full(), STEPS_BETWEEN_LOOKS
    )
    connection.set_authorizer(partial(_only_reading, connection.refused))
    try:
        with bounds.in_time(connection), _on_disk():
            cursor = connection.execute(sql)
            if cursor.description is None:
                raise Refusal(issue("sql-empty", file=name))
            rows = _fetched(cursor)
            headers = [column[0] for column in cursor.description]
            cursor.close()
    except MemoryError as error:
        raise Refusal(issue("sql-memory", file=name, limit=bounds.MEMORY_IN_WORDS)) from error
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        if disk.was_full:
            raise Refusal(issue("sql-memory", file=name, limit=bounds.DISK_IN_WORDS)) from error
        if "interrupted" in str(error):
            raise Refusal(issue("sql-endless", file=name)) from error
        raise _wrong(name, connection.complaint or error) from error
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)
    if len(rows) > MOST_ROWS:
        raise Refusal(issue("sql-rows", file=name, limit=MOST_ROWS))
    return headers, rows


def records_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Id → the resource and the row of the record that has it; ids of no record are absent.

    Raises:
        NoRoom: The disk failed.
    """
    marks = ", ".join("?" * len(ids))
    with _on_disk():
        answers = connection.execute(
            f"SELECT id, resource, row FROM {RECORDS} WHERE id IN ({marks}) ORDER BY rowid", ids
        )
        return {key: (resource, row) for key, resource, row in answers}


def _fetched(cursor: sqlite3.Cursor) -> Spool[tuple[Any, ...]]:
    """All rows, one more than a sheet holds at most. Raises `ValueError` if they are too large."""
    rows: Spool[tuple[Any, ...]] = Spool()
    left = LARGEST_RESULT
    for row in islice(cursor, MOST_ROWS + 1):  # one by one: a few rows can fill memory and disk
        left -= sum([len(value) for value in row if isinstance(value, (str, bytes))])
        left -= VALUE_OVERHEAD * len(row)
        if left < 0:
            raise ValueError(f"its rows hold more than {LARGEST_RESULT // 1_000_000} MB")
        rows.append(row)
    return rows


def _wrong(file: str, reason: Exception | str) -> Refusal:
    return Refusal(issue("sql", file=file, name=PurePath(file).stem, reason=reason))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _only_reading(
    refused: Container[str], action: int, first: str | None, second: str | None, *_: Any
) -> int:
    allowed = action in READING
    if action == sqlite3.SQLITE_FUNCTION and str(second).lower() in refused:
        allowed = False
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _fill(connection: sqlite3.Connection, table: Table) -> int:
    """Put one table, and its records, into the database; gives the length of its longest cell."""
    resource = table.resource
    columns = [
        f"{_quoted(field.name)} {AFFINITY.get(field.type, 'TEXT')}" for field in resource.fields
    ]
    connection.execute(f"CREATE TABLE {_quoted(resource.name)} ({', '.join(columns)})")
    names = ", ".join([_row_number(resource), *(_quoted(field.name) for field in resource.fields)])
    marks = ", ".join("?" * (1 + len(resource.fields)))
    into_table = f"INSERT INTO {_quoted(resource.name)} ({names}) VALUES ({marks})"
    into_records = f'INSERT INTO "{RECORDS}" VALUES (?, ?, ?, ?)'
    longest = 0
    for numbers, columns in table.rows.columns(*range(len(resource.fields))):
        held = [
            _held(field, column) for field, column in zip(resource.fields, columns, strict=True)
        ]
        connection.executemany(into_table, zip(numbers, *held, strict=True))
        if resource.settings.get("sharedIds"):
            connection.executemany(into_records, _records(table, numbers, columns))
        longest = max(longest, *map(_longest, columns), 0)
    return longest


def _held(field: Field, column: Column) -> Sequence[Any]:
    """What SQLite holds of one column."""
    raw, values = column
    return values if field.type == "string" else list(map(stored, raw, values))


def _longest(column: Column) -> int:
    """Characters in its longest cell."""
    return max([len(cell) for cell in column[0] if isinstance(cell, str)], default=0)


def _add_indexes(connection: sqlite3.Connection, resource: Resource) -> None:
    """Let SQL find rows by their keys and by what they refer to, however many rows there are."""
    keys = [resource.primary_key, *(key.fields for key in resource.foreign_keys)]
    keys += [(field.name,) for field in resource.fields if field.settings.get("anyId")]
    known = [key for key in dict.fromkeys(keys) if key and set(key) <= resource.positions.keys()]
    for number, key in enumerate(known):
        columns = ", ".join(map(_quoted, key))
        # A name that no view can have, as those of tables and of views are not told apart.
        name = _quoted(f"{RECORDS}: {resource.name} by key {number}")
        connection.execute(f"CREATE INDEX {name} ON {_quoted(resource.name)} ({columns})")


def _row_number(resource: Resource) -> str:
    """SQLite's name for the row number that no field has taken."""
    taken = {field.name.lower() for field in resource.fields}
    return next((name for name in ("rowid", "_rowid_", "oid") if name not in taken), "rowid")


def stored(raw: Any, value: Any) -> Any:
    """A cell as SQLite holds it: a raw cell, and the same typed."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool | int):
        return int(value) if abs(value) <= LARGEST_INTEGER else str(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if hasattr(value, "__float__"):
        return float(value)
    return raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False, default=str)


def _records(
    table: Table, numbers: Sequence[int], columns: Sequence[Column]
) -> Iterator[tuple[str, str, str, int]]:
    resource = table.resource
    labels, _ = columns[resource.positions[resource.label_field]]
    parts = [columns[resource.positions[name]][0] for name in resource.primary_key]
    keys = zip(*parts, strict=True)
    for number, key, label in zip(numbers, keys, labels, strict=True):
        yield resource.name, written(key), "" if label is None else str(label), number
