"""A small package with a chart of every kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.samples import resource, write_package

COUNTS = """SELECT 'Novels & "tales"' AS "Kind", 3 AS "Lent", 1 AS "Lost"
UNION ALL SELECT 'Poetry', 2, 0
UNION ALL SELECT NULL, 0.5, NULL"""
VIEWS = {
    "counts": COUNTS,
    "figures": 'SELECT 5 AS "Books", 3 AS "People"',
    "long": 'SELECT "Kind" || \' in many volumes, bound in leather\' AS "Kind", "Lent" FROM counts',
}


def charted(folder: Path) -> Path:
    """Write the package; returns its descriptor."""
    settings = {
        "views": [{"name": name, "path": f"{name}.sql", "outputs": []} for name in VIEWS],
    }
    fields = [
        {"name": "day", "type": "date", "title": "Day of lending"},
        {"name": "loans", "type": "integer", "title": "Loans"},
    ]
    data = {"days.csv": "day,loans\n2024-06-19,3\n2024-06-20,1\n2024-06-21,\n"}
    data |= {f"{name}.sql": sql for name, sql in VIEWS.items()}
    drawn = [
        _chart("figures", "table"),
        _chart("columns", "simple", "bar", ["Lent"]),
        _chart("stacked", "simple", "bar", ["Lent", "Lost"]),
        _chart("bars", "simple", "bar", ["Lent"], "long"),
        _chart("lines", "simple", "lines-and-points", ["Lent", "Lost"]),
        _chart("slices", "simple", "pie", ["Lent"]),
        _chart("matrix", "table"),
        _chart("days", "simple", "line", ["loans"], "days", "day"),
    ]
    days = resource("days", fields, ["day"], title="Days & nights")
    return write_package(folder, [days], data, settings, views=drawn, title="A charted library")


def _chart(
    name: str,
    spec_type: str,
    kind: str = "",
    series: list[str] | None = None,
    source: str = "",
    group: str = "Kind",
) -> dict[str, Any]:
    chart = {
        "name": name,
        "title": f"The {name} <of> 'books'",
        "description": f"What the {name} show.",
        "resources": [source or ("figures" if name == "figures" else "counts")],
        "specType": spec_type,
    }
    return chart | ({"spec": {"type": kind, "group": group, "series": series}} if kind else {})
