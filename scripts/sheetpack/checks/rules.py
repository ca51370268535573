"""A package's own rules: SQL files that select the rows which break them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sheetpack import catalogue, database, inside
from sheetpack.issue import Issue, Refusal
from sheetpack.package import Package
from sheetpack.table import Row, Table

NEEDED = {"resource", "message"}


def rules(package: Package, tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Run every `*.sql` of the folder that the setting `rules` names, in order of names.

    A rule that cannot be run is an issue as well. No rule is run while a table cannot be
    read: it would find fault with what only seems to be missing.
    """
    folder = package.settings.get("rules")
    if not folder:
        return
    if any(resource.name not in tables for resource in package.resources):
        yield catalogue.issue("rules-skipped", level="warning", folder=folder)
        return
    broken: list[tuple[str, dict[str, Any]]] = []
    with closing(database.connect(package, tables)) as connection:
        for path in sorted((package.folder / folder).glob("*.sql")):
            name = path.relative_to(package.folder).as_posix()
            if not inside.is_inside(path, package.folder):
                yield catalogue.issue("path-link", file=name, path=name)
                continue
            try:
                headers, found = database.select(connection, _text(path, name), name)
            except Refusal as refusal:
                yield from refusal.issues
                continue
            if not set(headers) >= NEEDED:
                yield catalogue.issue("rule-columns", file=name, name=path.stem, columns=headers)
                continue
            broken += [(path.stem, dict(zip(headers, cells, strict=True))) for cells in found]
    rows = _rows(tables, (found for _, found in broken))
    for rule, found in broken:
        yield _broken(rule, found, tables, rows)


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(catalogue.issue("sql", file=name, name=path.stem, reason=error)) from error


def _rows(
    tables: Mapping[str, Table], broken: Iterable[Mapping[str, Any]]
) -> dict[tuple[str, int], Row]:
    """The rows that rules name, by resource and number; each table is gone through once."""
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for found in broken:
        if found["resource"] in tables and isinstance(found.get("row"), int):
            numbers[found["resource"]].add(found["row"])
    return {
        (name, row.number): row
        for name, wanted in numbers.items()
        for row in tables[name].rows_of(wanted)
    }


def _broken(
    rule: str,
    found: dict[str, Any],
    tables: Mapping[str, Table],
    rows: Mapping[tuple[str, int], Row],
) -> Issue:
    """The issue that one row of a rule's answer describes."""
    facts = {"name": rule, "reason": found["message"], "advice": found.get("hint") or ""}
    table = tables.get(found["resource"])
    if table is None:
        return catalogue.issue("rule", resource=str(found["resource"] or ""), **facts)
    row = rows.get((table.resource.name, found.get("row")))
    return table.issue("rule", row, str(found.get("field") or ""), **facts)
