"""The package's views, run by SQLite over the CSVs, without the engine and the workbook."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from sheetpack import dates

ROOT = Path(__file__).parents[2]
NUMBERS = {"integer": int, "year": int, "number": float, "boolean": lambda text: text == "true"}


class Direct:
    """Queries over the CSVs, and the rows of each view by its headers."""

    def __init__(self) -> None:
        self.descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
        self.views = self.descriptor["sheetpack"]["views"]
        self.connection = sqlite3.connect(":memory:")
        for resource in self.descriptor["resources"]:
            self._fill(resource)
        labels = {
            (row[0], row[1]): row[2] for row in self.ask("SELECT list, code, label FROM codes")
        }

        def bound(text: str | None, which: int) -> str | None:
            found = dates.bounds(text) if text else None
            return found[which].isoformat() if found and found[which] else None

        functions = {
            "code_label": (2, lambda codes, code: labels.get((codes, code))),
            "edtf_label": (1, lambda text: None if text is None else dates.label(text)),
            "edtf_earliest": (1, lambda text: bound(text, 0)),
            "edtf_latest": (1, lambda text: bound(text, 1)),
        }
        for name, (count, function) in functions.items():
            self.connection.create_function(name, count, function, deterministic=True)
        for view in self.views:
            sql = (ROOT / view["path"]).read_text(encoding="utf-8")
            self.connection.execute(f'CREATE VIEW "{view["name"]}" AS {sql}')

    def _fill(self, resource: dict) -> None:
        fields = resource["schema"]["fields"]
        names = ", ".join(f'"{field["name"]}"' for field in fields)
        marks = ", ".join("?" * len(fields))
        self.connection.execute(f'CREATE TABLE "{resource["name"]}" ({names})')
        with (ROOT / resource["path"]).open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                cells = [
                    NUMBERS.get(field["type"], str)(text) if (text := row[field["name"]]) else None
                    for field in fields
                ]
                self.connection.execute(
                    f'INSERT INTO "{resource["name"]}" (rowid, {names}) VALUES (?, {marks})',
                    [number, *cells],
                )

    def ask(self, sql: str) -> list[tuple]:
        """The rows of any query."""
        return self.connection.execute(sql).fetchall()

    def values(self, sql: str) -> list:
        """The first column of any query."""
        return [row[0] for row in self.ask(sql)]

    def headers(self, view: str) -> list[str]:
        """The headers of a view, in order."""
        return [
            column[0] for column in self.connection.execute(f'SELECT * FROM "{view}"').description
        ]

    def view(self, name: str) -> list[dict]:
        """The rows of a view, by its headers."""
        headers = self.headers(name)
        return [dict(zip(headers, row, strict=True)) for row in self.ask(f'SELECT * FROM "{name}"')]


@pytest.fixture(scope="session")
def direct() -> Direct:
    return Direct()
