"""What the README tells people to type does what it says."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of that language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.M | re.S)


def truth() -> list[list[str]]:
    """The file that the examples load, as the standard library reads it, header included."""
    with (ROOT / "data/events.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("code", blocks("python"), ids=["pandas"])
def test_the_lines_for_python_load_every_cell(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict = {}
    exec(code, names)
    events = names["events"]
    rows = events.values.tolist() if hasattr(events, "iloc") else events.rows()
    loaded = [["" if cell is None else cell for cell in row] for row in rows]
    assert [list(events.columns), *loaded] == truth()


def test_the_line_for_duckdb_loads_every_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(ROOT)
    (query,) = blocks("sql")
    answer = duckdb.sql(query)
    loaded = [["" if cell is None else cell for cell in row] for row in answer.fetchall()]
    assert [answer.columns, *loaded] == truth()


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_the_lines_for_r_load_every_cell(tmp_path: Path) -> None:
    (code,) = blocks("r")
    out = tmp_path / "out.csv"
    code += f"write.csv(events, {str(out)!r}, row.names = FALSE, na = '', fileEncoding = 'UTF-8')\n"
    subprocess.run(["Rscript", "-e", code], cwd=ROOT, check=True, capture_output=True)
    with out.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == truth()


def test_the_plain_frictionless_command_accepts_the_package() -> None:
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_file_that_the_readme_links_to_exists() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
