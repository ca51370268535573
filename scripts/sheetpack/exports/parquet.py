"""Tables and views as Parquet, one file each, with types and with words for every column.

Titles and descriptions stand in the metadata of each column, as bytes under `title` and
`description`. A blank is null, and a required column is declared to have none. Types that
Parquet does not know (durations, places, lists …) are the text of the file. Parquet is
written by pyarrow, which is large and therefore an extra; it is the one library that
writes words beside a column.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sheetpack.catalogue import issue
from sheetpack.database import stored
from sheetpack.exports.product import Content, Product, file_name, kinds
from sheetpack.issue import Refusal
from sheetpack.package import Field, Package
from sheetpack.scratch import Scratch
from sheetpack.table import Row, Table
from sheetpack.views import Reading

if TYPE_CHECKING:
    import pyarrow
    from pyarrow.parquet import ParquetFile

FOLDER = "parquet"
LIBRARY = "pyarrow"
ROWS_A_GROUP = 50_000  # that stand together in a file; a reader can skip the others
NUMBERS = {"integer": "int64", "year": "int64", "number": "float64", "string": "string"}


def patterns(package: Package) -> list[str]:
    """Which files in a built folder are of this format."""
    return [f"{FOLDER}/*.parquet"]


def products(content: Content) -> list[Product]:
    """A file for each resource, and for each view that has an output of its own.

    Raises:
        Refusal: The library that writes Parquet is not installed.
    """
    if importlib.util.find_spec(LIBRARY) is None:
        raise Refusal(issue("export-needs", name=FOLDER, library=LIBRARY))
    made = [_of_table(table) for table in content.tables.values()]
    made += [_of_reading(reading) for reading in content.readings if reading.view.outputs]
    return made


def different_columns(ours: BinaryIO, theirs: BinaryIO) -> list[str]:
    """Do two files hold the same? Their bytes also differ with the version of pyarrow."""
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        mine, other = ParquetFile(ours), ParquetFile(theirs)
        same = mine.schema_arrow.equals(other.schema_arrow, check_metadata=True) and all(
            one == two for one, two in zip_longest(_rows(mine), _rows(other))
        )
    except pyarrow.ArrowException as error:
        raise OSError(None, str(error)) from error
    return [] if same else ["its rows or columns"]


def _rows(file: ParquetFile) -> Iterator[tuple[Any, ...]]:
    for batch in file.iter_batches():
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _of_table(table: Table) -> Product:
    resource = table.resource
    fields = _fields(table)
    groups = (
        [_array(rows, at, field, fields[at].type) for at, field in enumerate(resource.fields)]
        for rows in _groups(table.rows)
    )
    about = resource.name, resource.title, resource.description
    return _product(*about, len(table.rows), fields, groups)


def _of_reading(reading: Reading) -> Product:
    import pyarrow

    columns = kinds(reading)
    types = [pyarrow.type_for_alias(NUMBERS[kind]) for kind in columns]
    fields = [
        pyarrow.field(header, kind) for header, kind in zip(reading.headers, types, strict=True)
    ]
    groups = (
        [
            pyarrow.array([_as(kind, row[at]) for row in rows], types[at])
            for at, kind in enumerate(columns)
        ]
        for rows in _groups(reading.rows)
    )
    about = reading.view.name, reading.view.title, reading.view.description
    return _product(*about, len(reading.rows), fields, groups)


def _groups(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """The rows, as many at once as stand together in the file; one group, if there are none."""
    left = iter(rows)
    yield list(islice(left, ROWS_A_GROUP))
    while group := list(islice(left, ROWS_A_GROUP)):
        yield group


def _as(kind: str, value: Any) -> Any:
    return str(value) if kind == "string" and value is not None else value


def _fields(table: Table) -> list[pyarrow.Field]:
    """The columns of a table, with types that hold every value."""
    import pyarrow

    fields = table.resource.fields
    types: list[set[pyarrow.DataType]] = [set() for _ in fields]
    blank = set()
    for rows in _groups(table.rows):
        for at, field in enumerate(fields):
            values = [row.values[at] for row in rows]
            if not all(value is None for value in values):
                types[at].add(_fitting(rows, at, field, _type(field, values)))
            if field.required and None in values:
                blank.add(at)
    return [
        pyarrow.field(
            field.name,
            _one(types[at] or {_type(field, ())}),
            nullable=not field.required or at in blank,
            metadata=_words(title=field.title, description=field.description),
        )
        for at, field in enumerate(fields)
    ]


def _one(types: set[pyarrow.DataType]) -> pyarrow.DataType:
    """The type that all of them have in common: text where they are several."""
    import pyarrow

    return types.pop() if len(types) == 1 else pyarrow.string()


def _fitting(
    rows: Sequence[Row], at: int, field: Field, kind: pyarrow.DataType
) -> pyarrow.DataType:
    """A type for the values of one field; text where one is not what the type can hold."""
    import pyarrow

    if kind != pyarrow.string():
        try:
            _array(rows, at, field, kind)
        except (pyarrow.ArrowException, OverflowError, TypeError):
            return pyarrow.string()
    return kind


def _array(rows: Sequence[Row], at: int, field: Field, kind: pyarrow.DataType) -> pyarrow.Array:
    """The values of one field; as text, they are the text of the file."""
    import pyarrow

    if kind == pyarrow.string():
        cells = (stored(row.raw[at], row.values[at]) for row in rows)
        return pyarrow.array([_as("string", cell) for cell in cells], kind)
    values = [row.values[at] for row in rows]
    if field.type == "number":
        values = [None if value is None else float(value) for value in values]
    return pyarrow.array(values, kind)


def _type(field: Field, values: Sequence[Any]) -> pyarrow.DataType:
    import pyarrow

    if field.type in NUMBERS:
        return pyarrow.type_for_alias(NUMBERS[field.type])
    zones = {value.tzinfo is not None for value in values if isinstance(value, datetime)}
    moments = pyarrow.timestamp("us", tz="UTC" if zones == {True} else None)
    others = {
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        # Some times with a zone and some without have no type in common.
        "datetime": pyarrow.string() if len(zones) > 1 else moments,
    }
    return others.get(field.type, pyarrow.string())


def _words(**words: str) -> dict[str, str]:
    return {name: text for name, text in words.items() if text}


def _product(
    name: str,
    title: str,
    description: str,
    count: int,
    fields: Sequence[pyarrow.Field],
    groups: Iterable[Sequence[pyarrow.Array]],
) -> Product:
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    words = _words(name=name, title=title, description=description)
    schema = pyarrow.schema(fields, metadata=words)
    made = Scratch()
    with made.filling() as file, ParquetWriter(file, schema) as writer:
        for columns in groups:
            writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema))
    about = {
        "name": f"{name}-parquet",
        "title": title,
        "description": description,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }
    path = Path(FOLDER) / f"{file_name(name)}.parquet"
    return Product(path, made, count, about=about, differing=different_columns)
