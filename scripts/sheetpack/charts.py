"""The charts of a package: what its descriptor wants drawn, with the numbers to draw.

They are declared as the Data Package Views convention has it, under `views` at the top of
the descriptor: `specType` "simple" (a bar, line or pie chart) or "table". The numbers come
from a view of the package, which is written in SQL, or from a resource.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from sheetpack.catalogue import did_you_mean, issue
from sheetpack.issue import Issue, Level
from sheetpack.package import Package, Resource
from sheetpack.table import Table
from sheetpack.views import Reading
from sheetpack.workbook.cells import converter

Kind = Literal["bar", "line", "pie", "table"]
# The convention's kinds of a simple view, and how we draw them.
SIMPLE: Mapping[str, Kind] = {
    "bar": "bar",
    "line": "line",
    "lines-and-points": "line",
    "pie": "pie",
}
MOST_ROWS, MOST_COLUMNS = 100, 12  # of a table that still is a small one


@dataclass(frozen=True)
class Chart:
    """One chart, or a small table that stands for itself.

    Attributes:
        headers: The group first, then the series.
        rows: Their values; those of the series are numbers or None, except in a table.
        resource: The resource from whose sheet it is drawn, None where it has a table of its own.
    """

    name: str
    title: str
    description: str
    kind: Kind
    headers: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    resource: Resource | None = None


class _Fault(Exception):
    """Why a chart cannot be drawn: a code of the catalogue, and the facts."""

    def __init__(self, code: str, **facts: Any):
        super().__init__(code)
        self.code, self.facts = code, facts


def find(
    package: Package, tables: Mapping[str, Table], readings: Sequence[Reading], level: Level
) -> tuple[list[Chart], list[Issue]]:
    """All charts that can be drawn, and why the others cannot.

    Args:
        package: The contract.
        tables: Resource name → what was read from it.
        readings: What the package's views give.
        level: How grave it is that a chart cannot be drawn.
    """
    sources = {table.resource.name: table for table in tables.values()}
    found, problems = [], []
    for number, wanted in enumerate(_wanted(package), start=1):
        name = str(wanted.get("name") or f"chart-{number}")
        title = str(wanted.get("title") or name)
        try:
            headers, rows, resource = _source(wanted, package, sources, readings)
            kind, columns = _drawn(wanted, headers)
            picked = tuple(tuple(row[at] for at in columns) for row in rows)
            headers = tuple(headers[at] for at in columns)
            _check(kind, headers, picked, resource)
            if kind != "table":
                picked = tuple((row[0], *map(_number, row[1:])) for row in picked)
        except _Fault as fault:
            place = {"file": package.path.name, "level": level, "chart": title}
            problems.append(issue(fault.code, **place, **fault.facts))
        else:
            description = str(wanted.get("description") or "")
            found.append(Chart(name, title, description, kind, headers, picked, resource))
    return found, problems


def _wanted(package: Package) -> Iterator[Mapping[str, Any]]:
    views = package.metadata.get("views")
    for view in views if isinstance(views, list) else []:
        yield view if isinstance(view, dict) else {"specType": view}


def _source(
    wanted: Mapping[str, Any],
    package: Package,
    tables: Mapping[str, Table],
    readings: Sequence[Reading],
) -> tuple[Sequence[str], Sequence[Sequence[Any]], Resource | None]:
    """Headers and rows to draw from; the convention takes the first resource if none is named."""
    names = wanted.get("resources") or [package.resources[0].name]
    name = str(names[0] if isinstance(names, list) else names)
    for reading in readings:
        if reading.view.name == name:
            return reading.headers, reading.rows, None
    if name in tables:
        table = tables[name]
        if wanted.get("specType") == "table":
            # It stands beside the charts, not on a sheet of its own: as cells hold it.
            return [field.title for field in table.resource.fields], _cells(table), None
        headers = [field.name for field in table.resource.fields]
        return headers, [row.values for row in table.rows], table.resource
    known = [*(reading.view.name for reading in readings), *tables]
    raise _Fault("chart-source", name=name, guess=did_you_mean(name, known))


def _cells(table: Table) -> list[tuple[Any, ...]]:
    converters = [converter(field.type) for field in table.resource.fields]
    return [
        tuple(
            convert(raw, value)
            for convert, raw, value in zip(converters, row.raw, row.values, strict=True)
        )
        for row in table.rows
    ]


def _drawn(wanted: Mapping[str, Any], headers: Sequence[str]) -> tuple[Kind, list[int]]:
    """How to draw it, and the positions of the columns that are drawn, the group first."""
    kind = wanted.get("specType", "simple")
    if kind == "table":
        return "table", list(range(len(headers)))
    spec = wanted.get("spec")
    spec = spec if isinstance(spec, dict) else {}
    wish = spec.get("type") if kind == "simple" else kind
    drawn = SIMPLE.get(str(wish)) if kind == "simple" else None
    if drawn is None:
        raise _Fault("chart-kind", kind=wish)
    series = spec.get("series") or []
    columns = [spec.get("group"), *(series if isinstance(series, list) else [series])]
    for column in columns:
        if column not in headers:
            guess = did_you_mean(str(column), headers)
            raise _Fault("chart-column", header=column, headers=list(headers), guess=guess)
    if len(columns) == 1 or (drawn == "pie" and len(columns) > 2):
        raise _Fault("chart-series", count=len(columns) - 1)
    return drawn, [headers.index(column) for column in columns]


def _number(value: Any) -> float | None:
    """A number of one kind for all, as decimals and floats cannot be added up; None for none."""
    try:
        if value is None or not isfinite(value):
            return None
    except OverflowError:  # a whole number of hundreds of digits
        return None
    return value if isinstance(value, int) else float(value)


def _check(
    kind: Kind,
    headers: Sequence[str],
    rows: Sequence[Sequence[Any]],
    resource: Resource | None,
) -> None:
    if not rows:
        raise _Fault("chart-empty")
    for row in rows if kind != "table" else ():
        for header, value in zip(headers[1:], row[1:], strict=True):
            # Not "isinstance of a number", as frictionless gives decimals.
            if isinstance(value, str | bool) or not (value is None or hasattr(value, "__float__")):
                raise _Fault("chart-number", header=header, value=value)
    # The rows of a resource stand on a sheet of their own, however many.
    if resource is None and (len(rows) > MOST_ROWS or len(headers) > MOST_COLUMNS):
        limits = {"most_rows": MOST_ROWS, "most_columns": MOST_COLUMNS}
        raise _Fault("chart-size", rows=len(rows), columns=len(headers), **limits)
