"""Code lists: the words of a coded field are those of its list, no more and no fewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetpack.catalogue import did_you_mean
from sheetpack.issue import Issue
from sheetpack.package import Field, Package
from sheetpack.table import Table


def code_lists(package: Package, tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Compare each field that has a code list with that list.

    Where the field has an `enum` too, both must be the same set (cells are held against
    the `enum` already); where it has none, its cells are held against the list.
    """
    where = package.settings.get("codes")
    if not where or where["resource"] not in tables:
        return
    source = tables[where["resource"]]
    lists = _lists(source, where["list"], where["code"])
    for resource in package.resources:
        table = tables.get(resource.name) or Table(resource)
        for field in resource.fields:
            name = field.settings.get("codes")
            if name is None:
                continue
            if name not in lists:
                yield table.issue(
                    "codes-list",
                    field=field.name,
                    name=name,
                    guess=did_you_mean(name, lists),
                    codes_file=source.resource.file,
                )
            elif "enum" in field.constraints:
                yield from _differences(table, field, source, lists[name])
            else:
                yield from _strangers(table, field, lists[name])


def _lists(source: Table, list_field: str, code_field: str) -> dict[str, dict[str, int]]:
    """Name of the list → code → the number of its row; names and codes as text."""
    lists: dict[str, dict[str, int]] = {}
    positions = source.resource.positions
    for rows, columns in source.rows.columns(positions[list_field], positions[code_field]):
        (names, _), (codes, _) = columns
        for row, name, code in zip(rows, names, codes, strict=True):
            lists.setdefault(str(name), {}).setdefault(str(code), row)
    return lists


def _differences(
    table: Table, field: Field, source: Table, codes: dict[str, int]
) -> Iterator[Issue]:
    name = field.settings["codes"]
    allowed = [str(word) for word in field.constraints["enum"]]
    only_allowed = [word for word in allowed if word not in codes]
    only_listed = [code for code in codes if code not in allowed]
    for code in only_allowed:
        yield table.issue(
            "codes-enum",
            field=field.name,
            word=code,
            name=name,
            guess=did_you_mean(code, only_listed),
            codes_file=source.resource.file,
        )
    rows = {row.number: row for row in source.rows_of({codes[code] for code in only_listed})}
    for code in only_listed:
        yield source.issue(
            "codes-missing",
            rows[codes[code]],
            word=code,
            name=name,
            coded=field.name,
            table=table.resource.name,
            guess=did_you_mean(code, only_allowed),
        )


def _strangers(table: Table, field: Field, codes: dict[str, int]) -> Iterator[Issue]:
    at = table.resource.positions[field.name]
    strange = {
        number
        for numbers, ((cells, values),) in table.rows.columns(at)
        for number, cell, value in zip(numbers, cells, values, strict=True)
        if value is not None and str(cell) not in codes
    }
    for row in table.rows_of(strange):
        yield table.issue(
            "codes-value",
            row,
            field.name,
            cell=row.raw[at],
            name=field.settings["codes"],
            allowed=list(codes),
            guess=did_you_mean(row.raw[at], codes),
        )
