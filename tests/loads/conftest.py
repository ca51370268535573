"""What the tests of all recipes share: a folder like a reader's, and the truth to compare with.

The folder has this package, built in every format, with titles of events that programs are
known to spoil.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sheetpack import build
from sheetpack.exports import FORMATS
from tests.loads.multiply import ROOT
from tests.samples import opened

PATIENCE = 300  # seconds
HARD = (
    *("042", "007e1", "1961", "2024-06", "06/19/2024", "1.10", "1,5", "0x1F", "12:30"),
    *("NA", "N/A", "null", "NULL", "None", "nan", "true", "FALSE", "Inf", "-", "\\N"),
    *("Zoë Ångström, 平壌 🚗", "two\nlines", 'she said "no", and left', "'quoted'", "a;b\tc"),
)
DESCRIPTOR = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
NAMES = [resource["name"] for resource in DESCRIPTOR["resources"]]
TYPED: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "boolean": lambda text: text == "true",
    "date": date.fromisoformat,
}


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the recipes are run."""
    folder = tmp_path_factory.mktemp("place")
    for name in ("data", "views", "validation"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "datapackage.json", folder)
    header, *rows = cells(folder, "events")
    assert len(rows) > len(HARD)
    for row, title in zip(rows, HARD, strict=False):
        row[header.index("title")] = title
    with (folder / "data/events.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    products, _ = build.products(*opened(folder / "datapackage.json"), [*FORMATS])
    build.write(products, folder / "dist")
    return folder


@pytest.fixture
def there(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same folder, as the one we are in."""
    monkeypatch.chdir(place)
    return place


def cells(folder: Path, name: str) -> list[list[str]]:
    """A table of the folder as its CSV has it, header included."""
    with (folder / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def typed(folder: Path, name: str, **readers: Callable[[str], Any]) -> list[dict[str, Any]]:
    """The rows of a table with their types, a blank being None; `readers` go before `TYPED`."""
    header, *rows = cells(folder, name)
    (resource,) = [each for each in DESCRIPTOR["resources"] if each["name"] == name]
    types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    read = {column: (TYPED | readers).get(types[column], str) for column in header}
    return [
        {
            column: read[column](text) if text else None
            for column, text in zip(header, row, strict=True)
        }
        for row in rows
    ]


def plant_atlantis(place: Path, folder: Path) -> None:
    """Copy the package into another folder, an actor's country being one that is not there."""
    shutil.copytree(place / "data", folder / "data")
    shutil.copy(place / "datapackage.json", folder)
    actors = folder / "data/actors.csv"
    text = actors.read_text(encoding="utf-8")
    assert ",russia,,\n" in text
    actors.write_text(text.replace(",russia,,\n", ",atlantis,,\n", 1), encoding="utf-8")


def run(code: str) -> dict[str, Any]:
    """Run lines of Python; the names that they leave."""
    names: dict[str, Any] = {}
    exec(code, names)
    return names


def shell(command: str, folder: Path, **more: str) -> str:
    """Run lines of a shell in a folder, with our own programs at hand; what they print."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=folder,
        env=environment() | more,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def environment() -> dict[str, str]:
    """The variables of a shell in which our own programs and modules are found first."""
    mine = {"PATH": str(Path(sys.executable).parent), "PYTHONPATH": str(ROOT)}
    found = {name: os.pathsep.join([path, os.environ.get(name, "")]) for name, path in mine.items()}
    return dict(os.environ) | found


@contextmanager
def ended(process: subprocess.Popen) -> Iterator[subprocess.Popen]:
    """A process that is ended, whatever happens."""
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)
        if process.stdout:
            process.stdout.close()
