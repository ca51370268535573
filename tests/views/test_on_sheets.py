"""What stands on the reading sheets and in the CSVs is what the queries give, row by row."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from sheetpack import build
from tests.samples import opened

ROOT = Path(__file__).parents[2]
DESCRIPTOR = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
VIEWS = DESCRIPTOR["sheetpack"]["views"]
SHEETS = {view["name"]: view["title"] for view in VIEWS if "sheet" in view["outputs"]}
CSVS = [view["name"] for view in VIEWS if "csv" in view["outputs"]]
CHARTS = [chart["resources"][0] for chart in DESCRIPTOR["views"]]


@pytest.fixture(scope="module")
def made():
    return {
        product.path.as_posix(): product.content for product in build.products(*opened(ROOT))[0]
    }


@pytest.fixture(scope="module")
def workbook(made):
    return openpyxl.load_workbook(io.BytesIO(made["putin-kim-summit-2024.xlsx"]))


@pytest.mark.parametrize("view", SHEETS)
def test_a_reading_sheet_has_exactly_the_rows_of_its_query(direct, workbook, view):
    header, *rows = workbook[SHEETS[view]].iter_rows(values_only=True)
    headers, wanted = direct.headers(view), direct.ask(f'SELECT * FROM "{view}"')
    found = [row[: len(headers)] for row in rows]
    assert list(header[: len(headers)]) == headers
    assert len(found) == len(wanted) > 0
    assert found == wanted


@pytest.mark.parametrize("view", CSVS)
def test_a_csv_has_exactly_the_rows_of_its_query(direct, made, view):
    text = made[f"csv/{view}.csv"].decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    wanted = [
        ["" if cell is None else str(cell) for cell in row]
        for row in direct.ask(f'SELECT * FROM "{view}"')
    ]
    assert (header, rows) == (direct.headers(view), wanted)


@pytest.mark.parametrize("view", CHARTS)
def test_a_table_of_the_dashboard_has_exactly_the_rows_of_its_query(direct, workbook, view):
    sheet = workbook["Dashboard"]
    table = sheet.tables[f"chart_{view.replace('-', '_')}"]
    header, *rows = [tuple(cell.value for cell in row) for row in sheet[table.ref]]
    assert (list(header), rows) == (
        direct.headers(view),
        direct.ask(f'SELECT * FROM "{view}"'),
    )


def test_every_sql_file_is_a_view_and_every_view_a_file():
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "views").rglob("*.sql")}
    assert files == {view["path"] for view in VIEWS}
