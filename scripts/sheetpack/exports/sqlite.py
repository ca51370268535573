"""All tables and views in one SQLite database, with Datasette's file about them.

Dates are ISO text, codes are text, true and false are 1 and 0, a blank is NULL. What the
contract demands (keys, references, code lists, limits) the database demands too, so that it
also guards what is entered there; a pattern it cannot check. It finds rows by their keys and
references without looking through all.

A view stays a view where plain SQLite gives the same rows for it. Calls of our functions
(`edtf_label`, `code_label` …), which no other program has, become look-ups, see `plain_sql`.
A view for which that is not enough is stored as a table, with the rows as they were when the
database was built.
"""

from __future__ import annotations

import math
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any, BinaryIO

from sheetpack import database
from sheetpack.catalogue import issue
from sheetpack.exports import datasette, plain_sql
from sheetpack.exports.product import Content, Product, file_name, kinds
from sheetpack.exports.sqlite_schema import TYPES, create, indexes, quoted
from sheetpack.issue import Refusal
from sheetpack.package import Package
from sheetpack.scratch import Scratch, pieces_of
from sheetpack.table import Table
from sheetpack.views import Reading

PAGE_SIZE = 4096


def patterns(package: Package) -> list[str]:
    """Which files in a built folder are of this format."""
    return [f"{file_name(package.name)}.sqlite", datasette.FILE]


def products(content: Content) -> list[Product]:
    """The database, and the file that tells Datasette about it.

    Raises:
        Refusal: A resource or view cannot be a table of SQLite, for instance because two
            of its columns differ only in capitals.
    """
    path, about_path = patterns(content.package)
    about = {
        "name": "database",
        "title": content.package.title,
        "description": "All tables and views as one SQLite database.",
        "format": "sqlite",
        "mediatype": "application/vnd.sqlite3",
    }
    return [
        Product(Path(path), Scratch(_database(content)), content.rows, 0, about, different_tables),
        datasette.product(content, Path(path).stem, Path(about_path)),
    ]


def different_tables(ours: BinaryIO, theirs: BinaryIO) -> list[str]:
    """Do two databases hold the same? Their bytes also differ with the version of SQLite."""
    try:
        with _dump(ours) as mine, _dump(theirs) as other:
            same = all(one == two for one, two in zip_longest(mine, other))
    except sqlite3.Error as error:
        raise OSError(None, str(error)) from error
    return [] if same else ["its tables or views"]


@contextmanager
def _dump(file: BinaryIO) -> Iterator[Iterator[str]]:
    """The statements that make such a database. It is copied, as SQLite might write to it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dumped.sqlite"
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        # While a statement is still under way, the file stays open; Windows removes none such.
        with (
            closing(sqlite3.connect(path)) as connection,
            closing(connection.iterdump()) as statements,
        ):
            yield statements


def _database(content: Content) -> Iterator[bytes]:
    """The bytes of the database, in pieces."""
    # One without a name: SQLite keeps it in a file of its own once it is large.
    connection = sqlite3.connect("", isolation_level=None, factory=database.Connection)
    with closing(connection):
        connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        # References are checked as a whole: one by one, each row would be looked for in all rows
        # that may refer to it, before there are indexes.
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN")
        for table in content.tables.values():
            with _refusing(table.resource.file, table.resource.name):
                connection.execute(create(table, content.tables))
        for table in content.tables.values():
            with _refusing(table.resource.file, table.resource.name):
                _fill(connection, table)
                for statement in indexes(table):
                    connection.execute(statement)
        with _refusing(content.package.path.name, content.package.name):
            _check_references(connection)
            connection.execute("COMMIT")
        for reading in content.readings:
            with _refusing(reading.file, reading.view.name):
                _store(connection, reading)
        if content.readings:
            with _refusing(content.package.path.name, content.package.name):
                for statement, rows in plain_sql.tables(content.package, content.tables):
                    connection.executemany(statement, rows)
        for reading in content.readings:
            if not _restore_view(connection, reading, reading.sql):
                _restore_view(connection, reading, plain_sql.plain(reading.sql))
        with _refusing(content.package.path.name, content.package.name):
            yield from _packed(connection)


@contextmanager
def _refusing(file: str, name: str) -> Iterator[None]:
    """Turn what SQLite complains of into a refusal that names the file and the table."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise Refusal(issue("export-sqlite", file=file, name=name, reason=error)) from error


def _fill(connection: sqlite3.Connection, table: Table) -> None:
    marks = ", ".join("?" * len(table.resource.fields))
    connection.executemany(
        f"INSERT INTO {quoted(table.resource.name)} VALUES ({marks})", _rows(table)
    )


def _check_references(connection: sqlite3.Connection) -> None:
    """Raises `sqlite3.IntegrityError` where a row refers to what SQLite does not find."""
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise sqlite3.IntegrityError(f"a reference from {broken[0]} to {broken[2]} leads nowhere")


def _rows(table: Table) -> Iterator[list[Any]]:
    for row in table.rows:
        yield [_cell(raw, value) for raw, value in zip(row.raw, row.values, strict=True)]


def _cell(raw: Any, value: Any) -> Any:
    stored = database.stored(raw, value)
    # SQLite takes "not a number" for a blank.
    return "NaN" if isinstance(stored, float) and math.isnan(stored) else stored


def _store(connection: sqlite3.Connection, reading: Reading) -> None:
    """Put the rows of a view into a table of its name."""
    columns = ", ".join(
        f"{quoted(header)} {TYPES.get(kind, 'TEXT')}"
        for header, kind in zip(reading.headers, kinds(reading), strict=True)
    )
    name = quoted(reading.view.name)
    connection.execute(f"CREATE TABLE {name} ({columns})")
    marks = ", ".join("?" * len(reading.headers))
    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", reading.rows)


def _restore_view(connection: database.Connection, reading: Reading, sql: str) -> bool:
    """Make a view of the stored rows again, if plain SQLite gives the very same for the SQL.

    Each is tried while all others, from which it may read, are there in one form or the other.
    """
    name = quoted(reading.view.name)
    connection.execute("SAVEPOINT trial")
    try:
        connection.execute(f"DROP TABLE {name}")
        connection.execute(f"CREATE VIEW {name} AS {sql}")
        headers, rows = database.select(connection, f"SELECT * FROM {name}", reading.file)
        same = headers == list(reading.headers) and rows == reading.rows
    except (Refusal, sqlite3.Error):
        same = False
    if not same:
        connection.execute("ROLLBACK TO trial")
    connection.execute("RELEASE trial")
    return same


def _packed(connection: sqlite3.Connection) -> Iterator[bytes]:
    """The database as a file: packed, so that the same tables give the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "packed.sqlite"
        connection.execute("VACUUM INTO ?", [str(path)])
        with path.open("rb") as file:
            yield from pieces_of(file)
