"""Tables and views as Parquet, one file each, with types and with words for every column.

Titles and descriptions stand in the metadata of each column, as bytes under `title` and
`description`. A blank is null, and a required column is declared to have none. Types that
Parquet does not know (durations, places, lists …) are the text of the file. Parquet is
written by pyarrow, which is large and therefore an extra; it is the one library that
writes words beside a column.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetpack.catalogue import issue
from sheetpack.database import stored
from sheetpack.exports.product import Content, Product, file_name, kinds
from sheetpack.issue import Refusal
from sheetpack.package import Field, Package
from sheetpack.table import Table
from sheetpack.views import Reading

if TYPE_CHECKING:
    import pyarrow

FOLDER = "parquet"
LIBRARY = "pyarrow"
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


def different_columns(ours: bytes, theirs: bytes) -> list[str]:
    """Do two files hold the same? Their bytes also differ with the version of pyarrow."""
    import pyarrow
    from pyarrow import parquet

    try:
        mine, other = (parquet.read_table(io.BytesIO(data)) for data in (ours, theirs))
    except pyarrow.ArrowException as error:
        raise OSError(None, str(error)) from error
    same = mine.schema.equals(other.schema, check_metadata=True) and mine.equals(other)
    return [] if same else ["its rows or columns"]


def _of_table(table: Table) -> Product:
    import pyarrow

    resource = table.resource
    columns = [_column(table, field) for field in resource.fields]
    fields = [
        pyarrow.field(
            field.name,
            column.type,
            nullable=not (field.required and not column.null_count),
            metadata=_words(title=field.title, description=field.description),
        )
        for field, column in zip(resource.fields, columns, strict=True)
    ]
    return _product(resource.name, resource.title, resource.description, fields, columns)


def _of_reading(reading: Reading) -> Product:
    import pyarrow

    columns = [
        pyarrow.array(
            [_as(kind, row[at]) for row in reading.rows], pyarrow.type_for_alias(NUMBERS[kind])
        )
        for at, kind in enumerate(kinds(reading))
    ]
    fields = [
        pyarrow.field(header, column.type)
        for header, column in zip(reading.headers, columns, strict=True)
    ]
    return _product(
        reading.view.name, reading.view.title, reading.view.description, fields, columns
    )


def _as(kind: str, value: Any) -> Any:
    return str(value) if kind == "string" and value is not None else value


def _column(table: Table, field: Field) -> pyarrow.Array:
    """The values of one field; its text where a value is not what the type can hold."""
    import pyarrow

    at = table.resource.positions[field.name]
    values = [row.values[at] for row in table.rows]
    kind = _type(field, values)
    if kind != pyarrow.string():
        if field.type == "number":
            values = [None if value is None else float(value) for value in values]
        try:
            return pyarrow.array(values, kind)
        except (pyarrow.ArrowException, OverflowError, TypeError):
            pass
    cells = (stored(row.raw[at], row.values[at]) for row in table.rows)
    return pyarrow.array([_as("string", cell) for cell in cells], pyarrow.string())


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
    fields: Sequence[pyarrow.Field],
    columns: Sequence[pyarrow.Array],
) -> Product:
    import pyarrow
    from pyarrow import parquet

    words = _words(name=name, title=title, description=description)
    table = pyarrow.Table.from_arrays(columns, schema=pyarrow.schema(fields, metadata=words))
    file = io.BytesIO()
    parquet.write_table(table, file)
    about = {
        "name": f"{name}-parquet",
        "title": title,
        "description": description,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }
    path = Path(FOLDER) / f"{file_name(name)}.parquet"
    return Product(path, file.getvalue(), table.num_rows, about=about, differing=different_columns)
