"""A package at one moment: everything about it that can make a new version."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sheetpack import inside, rawfile, revision
from sheetpack.descriptor import load
from sheetpack.edits import sides
from sheetpack.edits.model import Side
from sheetpack.package import Package
from sheetpack.reading import read_all
from sheetpack.releasing import stamp
from sheetpack.table import Table

# Where a descriptor names a file or a folder that belongs to the package.
NAMING = ("path", "schema", "dialect", "rules", "notCoded", "record")


@dataclass(frozen=True)
class State:
    """The contract and the data, with what is not in our types of either.

    Attributes:
        written: Name of a resource → its properties as they stand in the descriptor.
        fields: Name of a resource → name of a field → its properties, wherever they stand.
        queries: Name of a view → its query.
        prints: Name of a resource, table or not → fingerprints of its files.
    """

    package: Package
    side: Side
    written: Mapping[str, dict[str, Any]]
    fields: Mapping[str, dict[str, dict[str, Any]]]
    queries: Mapping[str, bytes]
    prints: Mapping[str, list[str]]


def of(package: Package, tables: Mapping[str, Table]) -> State:
    """The package as it lies on the disk.

    Raises:
        Refusal: A table could not be read.
    """
    raw = stamp.parse(package.path.read_bytes(), package.path.suffix)
    written = {each["name"]: each for each in _objects(raw["resources"]) if "name" in each}
    return State(
        package=package,
        side=sides.of_readable(tables),
        written={name: _with_dialect(each, package.folder) for name, each in written.items()},
        fields={
            resource.name: {
                field.name: field.to_descriptor() for field in resource.source.schema.fields
            }
            for resource in package.resources
        },
        queries={view.name: view.path.read_bytes() for view in package.views},
        prints={
            source.name: [_print(path) for path in rawfile.local_files(source)]
            for source in [*(each.source for each in package.resources), *package.others]
        },
    )


def at_revision(path: Path, name: str) -> State:
    """The package as it was at a revision.

    Raises:
        Refusal: There is no such revision, or what it holds cannot be read.
    """
    with revision.checked_out(path, name) as then:
        package = load(then)
        return of(package, read_all(package))


def own_files(package: Package) -> list[Path]:
    """The descriptor and every file inside its folder that it names: data, queries, rules …"""
    raw = stamp.parse(package.path.read_bytes(), package.path.suffix)
    top = package.folder
    found = {package.path}
    for text in _named(raw):
        if "\0" in text or "://" in text:
            continue
        path = Path(os.path.normpath(top / text))
        if os.path.realpath(path) == os.path.realpath(top):
            continue
        named = path.rglob("*") if path.is_dir() else [path]
        found.update(each for each in named if each.is_file() and inside.is_inside(each, top))
    return sorted(found)


def _named(value: Any, name: str = "") -> Iterator[str]:
    """All texts that stand under one of the names that name files."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _named(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner, name)
    elif isinstance(value, str) and name in NAMING:
        yield value


def _with_dialect(written: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The same, the dialect itself in the place of the name of its file."""
    dialect = written.get("dialect")
    if isinstance(dialect, str) and "://" not in dialect and (folder / dialect).is_file():
        data = (folder / dialect).read_bytes()
        return written | {"dialect": stamp.parse(data, Path(dialect).suffix)}
    return written


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _print(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
