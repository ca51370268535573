"""Small packages for tests that need one with something particular about it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sheetpack import descriptor, reading
from sheetpack.package import Package
from sheetpack.table import Table

PACKAGES = Path(__file__).parent / "packages"


def opened(path: Path) -> tuple[Package, dict[str, Table]]:
    """A package and everything read from it."""
    package = descriptor.load(path)
    return package, reading.read_all(package)


def resource(
    name: str, fields: Sequence[str | Mapping[str, Any]], key: Sequence[str] = (), **more: Any
) -> dict[str, Any]:
    """The descriptor of a resource; a field given by its name alone holds text."""
    full = [
        {"name": each, "type": "string"} if isinstance(each, str) else dict(each) for each in fields
    ]
    schema: dict[str, Any] = {"fields": full}
    if key:
        schema["primaryKey"] = list(key)
    schema |= more.pop("schema", {})
    return {"name": name, "path": f"{name}.csv", "schema": schema} | more


def write_package(
    folder: Path,
    resources: Sequence[dict[str, Any]],
    data: Mapping[str, str],
    settings: Mapping[str, Any] | None = None,
    **metadata: Any,
) -> Path:
    """Write a package; `data` maps file names to contents, SQL files among them."""
    content = {"name": "sample", "resources": list(resources)} | metadata
    if settings:
        content["sheetpack"] = dict(settings)
    for name, text in data.items():
        (folder / name).write_text(text, "utf-8", newline="")
    path = folder / "datapackage.json"
    path.write_text(json.dumps(content), "utf-8")
    return path
