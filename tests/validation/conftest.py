"""A copy of the package itself, in which a test plants what the rules are to find."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import conftest

ROOT = Path(__file__).parents[2]


class Copy(conftest.Copy):
    """The package, copied into a folder of its own, cells to be changed at will."""

    def __init__(self, folder: Path):
        super().__init__(folder)
        for name in ("data", "views", "validation"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "datapackage.json", folder)

    def rows(self, resource: str) -> list[dict[str, str]]:
        """All rows of a resource, as text."""
        with (self.folder / f"data/{resource}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def edit(self, resource: str, change: Callable[[list[dict[str, str]]], object]) -> None:
        """Let `change` alter the rows of a resource in place, then write them back."""
        rows = self.rows(resource)
        names = list(rows[0])
        change(rows)
        with (self.folder / f"data/{resource}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def set(self, resource: str, key: str, **cells: str) -> int:
        """Change cells of the row whose first cell is `key`; returns its number in the sheet."""
        numbers = []

        def change(rows: list[dict[str, str]]) -> None:
            for number, row in enumerate(rows, start=2):
                if next(iter(row.values())) == key:
                    row.update(cells)
                    numbers.append(number)

        self.edit(resource, change)
        assert numbers, f"no row {key} in {resource}"
        return numbers[0]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "package")
