"""Which files of a package are not in their canonical form, and what they should hold."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from frictionless import Dialect
from frictionless.resources import TableResource

from sheetpack import canonical, rawfile
from sheetpack.issue import Issue, Refusal
from sheetpack.package import Package
from sheetpack.reading import read
from sheetpack.table import Table

UNCERTAIN = ("untidy-encoding", "untidy-quotes")  # nobody knows for sure what the file says


def changes(package: Package) -> dict[Path, bytes]:
    """The new contents of all files that are not in canonical form; nothing is written.

    Raises:
        Refusal: A file cannot be read, or would be read differently afterwards. Problems
            in its cells are no hindrance.
    """
    changed: dict[Path, bytes] = {}
    refused: list[Issue] = []
    for resource in package.resources:
        declared = resource.source.dialect.to_descriptor()  # reading adds what is guessed
        table = read(resource, package)
        if not table.readable:
            refused.extend(table.issues)
            continue
        data = rawfile.content(resource.source)
        if data is None:
            continue
        uncertain = [issue for issue in table.issues if issue.code in UNCERTAIN]
        if uncertain:
            refused.extend(uncertain)
            continue
        wanted = canonical.of_table(table, data)
        if wanted is None or wanted == data:
            continue
        if not _reads_alike(table, declared, data, wanted):
            refused.append(table.issue("format-unsafe"))
            continue
        changed[rawfile.local_files(resource.source)[0]] = wanted
    if refused:
        raise Refusal(*refused)
    return changed


def _reads_alike(table: Table, declared: dict[str, Any], data: bytes, wanted: bytes) -> bool:
    """Would Frictionless find the same cells in both?

    It guesses what the descriptor leaves open, such as the delimiter, from the first
    lines, and they change.
    """
    order = canonical.column_order(table)
    encoding = table.resource.encoding or "utf-8"
    old = _cells(table, declared, table.resource.source.encoding or encoding, data)
    new = _cells(table, declared, encoding, wanted)
    return [[row[at] for at in order] if order else row for row in old] == new


def _cells(table: Table, declared: dict[str, Any], encoding: str, data: bytes) -> list[list[str]]:
    """All cells of the file, the header among them."""
    resource = TableResource(
        data=data,
        format=table.resource.source.format,
        encoding=encoding,
        dialect=Dialect.from_descriptor(deepcopy(declared)),
    )
    with resource.open():
        return list(resource.cell_stream)
