"""All tables in one JSON document, for programs that want no more than that.

Each resource is a list of objects, one a row and one a line. Whole numbers, numbers, true
and false are those of JSON; a number keeps every digit of the file (`1.10` stays `1.10`).
Dates and times are ISO text, lists and objects are JSON, all else is the text of the file,
and a blank is null.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from sheetpack.exports.product import OF_PACKAGE, Content, Product, file_name
from sheetpack.package import Package
from sheetpack.scratch import Scratch
from sheetpack.table import Table


def patterns(package: Package) -> list[str]:
    """Which files in a built folder are of this format."""
    return [f"{file_name(package.name)}.json"]


def products(content: Content) -> list[Product]:
    """The one document."""
    package = content.package
    (path,) = patterns(package)
    about = {
        "name": "document",
        "title": package.title,
        "description": "All tables as one JSON document, each a list of objects.",
        "format": "json",
        "mediatype": "application/json",
    }
    made = Scratch(piece.encode() for piece in _pieces(content))
    return [Product(Path(path), made, content.rows, about=about)]


def _pieces(content: Content) -> Iterator[str]:
    yield "{\n"
    for name, value in content.package.metadata.items():
        if name not in OF_PACKAGE:
            yield f"  {_json(name)}: {_json(value)},\n"
    yield '  "resources": {'
    for at, table in enumerate(content.tables.values()):
        yield f"{',' if at else ''}\n    {_json(table.resource.name)}: ["
        for number, row in enumerate(table.rows):
            yield f"{',' if number else ''}\n      {_row(table, row.raw, row.values)}"
        yield "\n    ]" if table.rows else "]"
    yield "\n  }\n}\n"


def _row(table: Table, raw: tuple[Any, ...], values: tuple[Any, ...]) -> str:
    cells = zip(table.resource.fields, raw, values, strict=True)
    return "{" + ", ".join(f"{_json(field.name)}: {_cell(*cell)}" for field, *cell in cells) + "}"


def _cell(raw: Any, value: Any) -> str:
    """A cell as JSON, from the raw and the typed one."""
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)  # JSON's numbers have as many digits as one likes
    if isinstance(value, date | datetime | time):
        return _json(value.isoformat())
    if value is None or isinstance(value, str | int | list | dict):
        return _json(value)
    return _json(raw if isinstance(raw, str | list | dict) else str(value))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
