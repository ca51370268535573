"""Code lists: the words of a coded field are those of its list, no more and no fewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetpack.catalogue import did_you_mean
from sheetpack.issue import Issue
from sheetpack.package import Field, Package
from sheetpack.table import Row, Table


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


def _lists(source: Table, list_field: str, code_field: str) -> dict[str, dict[str, Row]]:
    """Name of the list → code → its row; all as text."""
    lists: dict[str, dict[str, Row]] = {}
    positions = source.resource.positions
    for row in source.rows:
        name, code = row.raw[positions[list_field]], row.raw[positions[code_field]]
        lists.setdefault(str(name), {}).setdefault(str(code), row)
    return lists


def _differences(
    table: Table, field: Field, source: Table, codes: dict[str, Row]
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
    for code in only_listed:
        yield source.issue(
            "codes-missing",
            codes[code],
            word=code,
            name=name,
            coded=field.name,
            table=table.resource.name,
            guess=did_you_mean(code, only_allowed),
        )


def _strangers(table: Table, field: Field, codes: dict[str, Row]) -> Iterator[Issue]:
    at = table.resource.positions[field.name]
    for row in table.rows:
        cell = row.raw[at]
        if row.values[at] is not None and str(cell) not in codes:
            yield table.issue(
                "codes-value",
                row,
                field.name,
                cell=cell,
                name=field.settings["codes"],
                allowed=list(codes),
                guess=did_you_mean(cell, codes),
            )
