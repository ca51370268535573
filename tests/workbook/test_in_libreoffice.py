"""What a person meets who edits the workbook in LibreOffice, and what is left after saving.

LibreOffice's converter (`soffice --convert-to`) has no window and loses the frozen panes.
Whoever opens the file and saves it keeps them, and so does the session here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from sheetpack import build
from sheetpack.workbook.base import read_base
from sheetpack.workbook.rows import unescape
from tests.samples import PACKAGES, opened

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("session.py")
PYTHON = "/usr/bin/python3"  # LibreOffice's module `uno` belongs to the system's Python
BOOLEANS = {"=TRUE()": True, "=FALSE()": False}  # as LibreOffice saves them
PATIENCE = 600  # seconds


def has_uno() -> bool:
    if shutil.which("soffice") is None or not Path(PYTHON).exists():
        return False
    return subprocess.run([PYTHON, "-c", "import uno"], capture_output=True).returncode == 0


pytestmark = pytest.mark.skipif(
    not has_uno(), reason="LibreOffice (soffice) or its Python module (python3-uno) is missing"
)


def in_session(action, before, after):
    """What a session saw that opened the one workbook and saved the other."""
    # Not the variables of this Python, which is another one.
    environment = {name: value for name, value in os.environ.items() if "PYTHON" not in name}
    done = subprocess.run(
        [PYTHON, str(SCRIPT), action, str(before), str(after)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), after


def session(action, package, folder):
    """What the session saw, the workbook before it and after it."""
    before = folder / "book.xlsx"
    before.write_bytes(build.products(*opened(package))[0][0].content)
    seen, after = in_session(action, before, folder / "saved.xlsx")
    return seen, openpyxl.load_workbook(before), openpyxl.load_workbook(after)


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edited")
    return session("edit", PACKAGES / "workbook-library", folder)


@pytest.fixture(scope="module")
def seen(edited):
    return edited[0]


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The package's own workbook, before and after LibreOffice saved it."""
    _, before, after = session("save", ROOT, tmp_path_factory.mktemp("saved"))
    return before, after


def values(workbook):
    """Sheet → rows of what stands in the cells, without the blank ones at the end."""
    found = {}
    for sheet in workbook:
        rows = [[plain(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        while rows and not any(value is not None for value in rows[-1]):
            rows.pop()
        found[sheet.title] = rows
    return found


def plain(value):
    if isinstance(value, str):
        return BOOLEANS.get(value, unescape(value) or None)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def test_a_code_is_refused_that_is_not_in_the_list(seen):
    assert seen["list"] == {"kind": "LIST", "source": "list_genre", "alert": "STOP", "shown": True}
    assert seen["offered"] == {"poetry": True, "cookery": False}


def test_a_wrong_code_that_got_in_all_the_same_turns_red_and_a_right_one_does_not(seen):
    assert (seen["red at first"], seen["red when wrong"], seen["red when right"]) == (
        False,
        True,
        False,
    )


def test_a_new_row_gets_the_rules_of_its_table(seen):
    assert seen["new row: list"] == seen["list"]
    assert seen["new row: red when wrong"]
    assert seen["new row: red when missing"]
    assert not seen["new row: red when right"]


def test_a_new_row_can_be_chosen_on_other_sheets_at_once(seen):
    assert seen["new row: offered elsewhere"]
    assert not seen["new row: red elsewhere"]


def test_sorting_keeps_rows_together(seen):
    assert [row[0] for row in seen["sorted"]] == ["odyssey", "middlemarch", "atlas", "bestiary"]
    assert [row[2] for row in seen["sorted"]] == ["poetry", "poetry", "other", "other"]


def test_a_filter_shows_the_wanted_rows_and_gives_the_others_back(seen):
    assert seen["filter buttons"]["books"]
    assert seen["filtered"] == ["atlas", "bestiary"]
    assert seen["back"] == [True] * 4


def test_edits_are_saved_and_nothing_else_changes(edited):
    _, before, after = edited
    wanted, found = values(before), values(after)
    assert [row[0] for row in found["Books"][1:5]] == [
        "odyssey",
        "middlemarch",
        "atlas",
        "bestiary",
    ]
    assert found["Books"][2][2] == "poetry"
    assert found["Loans"][2][1] == "bestiary"
    assert found["Loans"][1][3] == datetime(2024, 6, 19)
    for name in set(wanted) - {"Books", "Loans"}:
        assert found[name] == wanted[name], name


def test_after_saving_every_value_is_still_there(saved):
    before, after = saved
    assert after.sheetnames == before.sheetnames
    wanted, found = values(before), values(after)
    for name, rows in wanted.items():
        assert found[name] == rows, name


def test_after_saving_every_list_is_still_there(saved):
    def lists(workbook):
        return {
            (sheet.title, str(rule.sqref), rule.formula1)
            for sheet in workbook
            for rule in sheet.data_validations.dataValidation
            if rule.type == "list"
        }

    before, after = saved
    assert lists(before)
    assert lists(after) == lists(before)
    assert set(after.defined_names) == set(before.defined_names)


def test_after_saving_the_base_is_still_what_the_data_gives(saved):
    package, tables = opened(ROOT)
    for workbook in saved:
        base = read_base(workbook["Base"].iter_rows(values_only=True))
        assert {name: len(each.rows) for name, each in base.items()} == {
            resource.name: len(tables[resource.name].rows) for resource in package.resources
        }
        assert workbook["Base"].sheet_state == "hidden"


def test_after_saving_frozen_panes_are_still_there(saved):
    before, after = saved
    panes = {sheet.title: sheet.freeze_panes for sheet in before}
    assert set(panes.values()) > {None, "A2", "B2"}
    assert {sheet.title: sheet.freeze_panes for sheet in after} == panes


def test_after_saving_tables_notes_links_marks_and_charts_are_still_there(saved):
    def found(sheet):
        cells = [cell for row in sheet.iter_rows() for cell in row]
        return {
            "tables": sorted(table.ref for table in sheet.tables.values()),
            "notes": sum(cell.comment is not None for cell in cells),
            "links": sum(cell.hyperlink is not None for cell in cells),
            "marks": sum(len(area.rules) for area in sheet.conditional_formatting),
            "charts": len(sheet._charts),
        }

    before, after = saved
    for sheet in before:
        assert found(after[sheet.title]) == found(sheet), sheet.title
