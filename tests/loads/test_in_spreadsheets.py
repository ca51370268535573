"""The recipes for Excel and LibreOffice, as far as they can be tried without Excel."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.loads.conftest import DESCRIPTOR, PATIENCE, cells, shell
from tests.loads.page import box

PAGE = "load-it.md"
NODE = Path(__file__).parent / "node"
BOOLEANS = {"TRUE": "true", "FALSE": "false"}

with_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed"
)
with_grammar = pytest.mark.skipif(
    not shutil.which("node") or not (NODE / "node_modules/@microsoft").exists(),
    reason="Node, or Microsoft's parser of Power Query, is not installed",
)


def grammar(query: str) -> str:
    """What Power Query's grammar says of a text: "fine", or what is wrong."""
    done = subprocess.run(
        ["node", str(NODE / "powerquery.js")],
        input=query,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    return done.stdout.strip()


def saved(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@with_grammar
def test_the_query_keeps_to_the_grammar_of_power_query():
    query = box(PAGE, "Excel", "powerquery")
    assert grammar(query) == "fine"
    assert grammar(query.replace("[PromoteAllScalars", "[[PromoteAllScalars")) != "fine"


def test_the_query_names_the_encoding_and_gives_no_column_another_type():
    query = box(PAGE, "Excel", "powerquery")
    assert "Encoding = 65001" in query
    assert "QuoteStyle = QuoteStyle.Csv" in query  # else a line end in a cell ends the row
    assert "TransformColumnTypes" not in query
    assert re.search(r"data\\(\w+)\.csv", query)[1] == "events"


@with_libreoffice
def test_libreoffice_opens_a_csv_with_every_cell(place, tmp_path):
    shell(box(PAGE, "LibreOffice", "sh"), place, HOME=str(tmp_path))
    # Back to a CSV, as shown, so that a code that had become a number would be one.
    kind = "'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true'"
    again = f"soffice --headless --convert-to {kind} --outdir {tmp_path} opened/events.ods"
    shell(again, place, HOME=str(tmp_path))
    wanted = cells(place, "events")
    assert any("\t" in cell for row in wanted for cell in row)
    without_tabs = [[cell.replace("\t", "") for cell in row] for row in wanted]
    assert saved(tmp_path / "events.csv") == without_tabs  # as the page says


@with_libreoffice
def test_libreoffice_writes_every_sheet_of_the_workbook_with_every_cell(place, tmp_path):
    shell(box(PAGE, "LibreOffice", "sh", 2), place, HOME=str(tmp_path))
    for resource in DESCRIPTOR["resources"]:
        header, *rows = cells(place, resource["name"])
        titles = [field["title"] for field in resource["schema"]["fields"]]
        found, *sheet = saved(place / f"sheets/putin-kim-summit-2024-{resource['title']}.csv")
        assert found == titles
        truth = [field["type"] == "boolean" for field in resource["schema"]["fields"]]
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert rows == [
            [
                BOOLEANS[cell] if is_truth and cell else cell
                for cell, is_truth in zip(row, truth, strict=True)
            ]
            for row in sheet
        ]
