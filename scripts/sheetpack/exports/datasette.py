"""Datasette's file about a database: titles, descriptions, licence and source.

It is in the form that Datasette has read since its first versions, which 1.0 reads too.
Beside the database and called `metadata.json`, it is found without being named.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sheetpack.exports import plain_sql
from sheetpack.exports.product import Content, Product
from sheetpack.package import Package, Resource
from sheetpack.scratch import Scratch
from sheetpack.views import Reading

FILE = "metadata.json"


def product(content: Content, database: str, path: Path) -> Product:
    """The file about the database of that name."""
    package = content.package
    tables = {resource.name: _table(resource) for resource in package.resources}
    tables |= {reading.view.name: _view(reading) for reading in content.readings}
    tables |= {name: {"hidden": True} for name in (plain_sql.LABELS, plain_sql.DATES)}
    whole = _present({"title": package.title, "description": package.metadata.get("description")})
    data = whole | _licence(package) | _source(package)
    data["databases"] = {database: whole | {"tables": tables}}
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    about = {
        "name": "datasette",
        "title": "For Datasette",
        "description": "Titles and descriptions of the database, as Datasette reads them.",
        "format": "json",
        "mediatype": "application/json",
    }
    return Product(path, Scratch([text.encode()]), about=about)


def _table(resource: Resource) -> dict[str, Any]:
    columns = {field.name: _words(field.title, field.description) for field in resource.fields}
    about = _present({"title": resource.title, "description": resource.description})
    label = {"label_column": resource.label_field} if resource.settings.get("label") else {}
    return about | label | {"columns": {name: words for name, words in columns.items() if words}}


def _view(reading: Reading) -> dict[str, Any]:
    view = reading.view
    about = _present({"title": view.title, "description": view.description})
    # What only serves other views would be in the way of people.
    return about if view.outputs else about | {"hidden": True}


def _words(title: str, description: str) -> str:
    return f"{title.rstrip('.')}. {description}" if description else title


def _licence(package: Package) -> dict[str, str]:
    first = _first(package.metadata.get("licenses"))
    return _present(
        {"license": first.get("title") or first.get("name"), "license_url": first.get("path")}
    )


def _source(package: Package) -> dict[str, str]:
    """All sources in one line, as there is room for one; the address where it is the only one."""
    sources = package.metadata.get("sources")
    sources = [one for one in sources if isinstance(one, dict)] if isinstance(sources, list) else []
    names = "; ".join(str(one["title"]) for one in sources if one.get("title"))
    address = sources[0].get("path") if len(sources) == 1 else package.metadata.get("homepage")
    return _present({"source": names, "source_url": address})


def _first(value: Any) -> Mapping[str, Any]:
    return value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else {}


def _present(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if value}
