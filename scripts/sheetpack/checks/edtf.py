"""Dates that are not whole days: valid EDTF, with real bounds that keep within it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sheetpack import dates
from sheetpack.issue import Issue
from sheetpack.package import Package
from sheetpack.table import Row, Table


def edtf_dates(package: Package, tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Check every field with the setting `edtf`, and the two fields that hold its bounds."""
    for table in tables.values():
        for field in table.resource.fields:
            setting = field.settings.get("edtf")
            if not setting:
                continue
            at = table.resource.positions[field.name]
            for row in table.rows:
                if row.values[at] is not None:
                    yield from _date_issues(table, row, field.name, str(row.raw[at]), setting)


def _date_issues(
    table: Table, row: Row, name: str, text: str, setting: dict[str, str] | bool
) -> Iterator[Issue]:
    bounds = dates.bounds(text)
    if bounds is None:
        yield table.issue("edtf", row, name, cell=text)
        return
    earliest, latest = bounds
    if earliest and latest and earliest > latest:
        yield table.issue("edtf-reversed", row, name, cell=text)
    elif isinstance(setting, dict):
        yield from _bound_issues(table, row, text, bounds, setting)


def _bound_issues(
    table: Table, row: Row, text: str, bounds: dates.Bounds, setting: dict[str, str]
) -> Iterator[Issue]:
    """Are the real bounds there, inside the date, and in order?

    They may be narrower than the date, and may close an end that the date leaves open.
    """
    earliest, latest = bounds
    days = {}
    for which, bound in (("earliest", earliest), ("latest", latest)):
        name = setting[which]
        at = table.resource.positions[name]
        day = days[which] = _day(row.values[at])
        blank = row.raw[at] in (None, *table.resource.fields[at].blanks)
        if row.values[at] is None and blank and bound:
            yield table.issue("edtf-bound-missing", row, name, date=text, bound=bound)
        elif day and ((earliest and day < earliest) or (latest and day > latest)):
            yield table.issue(
                "edtf-outside",
                row,
                name,
                cell=day,
                date=text,
                earliest=earliest or "any day",
                latest=latest or "any day",
            )
    if days["earliest"] and days["latest"] and days["earliest"] > days["latest"]:
        yield table.issue("edtf-order", row, setting["earliest"], **days)


def _day(value: Any) -> date | None:
    """The day that a cell holds, written as a date or as text; None if it holds none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) else None
