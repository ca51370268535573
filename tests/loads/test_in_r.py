"""The recipes for R give every cell of the data."""

from __future__ import annotations

import csv
import shutil
import subprocess

import pytest

from tests.loads.conftest import NAMES, PATIENCE, cells, typed
from tests.loads.page import box

PAGE = "load-it.md"
NUMBERS = {"boolean": lambda text: int(text == "true"), "date": str}

pytestmark = pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")


def has(library: str) -> bool:
    command = ["Rscript", "-e", f"library({library})"]
    return (
        bool(shutil.which("Rscript"))
        and not subprocess.run(command, capture_output=True, timeout=PATIENCE).returncode
    )


def loaded(recipe, place, folder):
    """Every table as R has it after the recipe, as rows of text, header included."""
    code = []
    for name in NAMES:
        out = (folder / f"{name}.csv").as_posix()
        code.append(recipe.replace("events", name))
        code.append(
            f"write.csv({name}, '{out}', row.names = FALSE, na = '', fileEncoding = 'UTF-8')\n"
        )
    script = folder / "load.R"
    script.write_text("".join(code), encoding="utf-8")
    command = ["Rscript", "--encoding=UTF-8", str(script)]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    found = {}
    for name in NAMES:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found[name] = list(csv.reader(file))
    return found


def test_r_loads_every_cell_as_text(place, tmp_path):
    found = loaded(box(PAGE, "R", "r"), place, tmp_path)
    assert found == {name: cells(place, name) for name in NAMES}


def test_r_loads_every_cell_of_the_database(place, tmp_path):
    if not has("RSQLite"):
        pytest.skip("the package RSQLite of R is not installed")
    found = loaded(box(PAGE, "R", "r", 2), place, tmp_path)
    for name in NAMES:
        header, *rows = found[name]
        wanted = typed(place, name, **NUMBERS)
        assert header == list(wanted[0])
        assert len(rows) == len(wanted)
        for row, cells_wanted in zip(rows, wanted, strict=True):
            pairs = zip(row, cells_wanted.values(), strict=True)
            assert [seen for seen, cell in pairs if not is_written(seen, cell)] == []


def is_written(seen, cell):
    """Is that the cell, as R writes it? Numbers have several ways (1 for 1.0), texts one."""
    if isinstance(cell, float):
        return float(seen) == cell
    return seen == ("" if cell is None else str(cell))
