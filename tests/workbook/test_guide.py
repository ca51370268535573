"""The guide of the first sheet names what is really there."""

from __future__ import annotations

from sheetpack import views
from sheetpack.workbook.guide import steps
from sheetpack.workbook.layout import layout
from tests.samples import PACKAGES, opened, resource, write_package


def guide(path):
    """Step → what it says."""
    package, tables = opened(path)
    readings = [each for each in views.run(package, tables) if "sheet" in each.view.outputs]
    sheets = layout(package, tables, readings).sheets[1:]
    return dict(steps(package, [sheet for sheet in sheets if sheet.group != "hidden"]))


def test_the_guide_leads_from_finding_to_sending_back():
    found = guide(PACKAGES / "workbook-library")
    assert list(found) == ["Find", "Filter", "Trace to the source", "Correct", "Send back"]


def test_its_examples_are_sheets_and_columns_of_the_package():
    found = guide(PACKAGES / "workbook-library")
    assert "“Who has what”" in found["Find"]
    assert "the header “Loan”" in found["Filter"]
    assert "“Loan”" in found["Trace to the source"]
    assert "“Loans”" in found["Correct"]  # where the link leads
    assert "“Home page”" in found["Send back"]


def test_it_says_nothing_of_sheets_that_are_not_there():
    found = guide(PACKAGES / "workbook-bare")
    assert "Trace to the source" not in found
    assert "blue tab" not in found["Find"]
    assert "Home page" not in found["Send back"]


def test_it_says_nothing_of_sources_that_are_not_named(tmp_path):
    settings = {"views": [{"name": "v", "path": "v.sql", "link": "Thing"}]}
    things = resource("things", ["id"], ["id"], sheetpack={"sharedIds": True})
    data = {"things.csv": "id\nanvil\n", "v.sql": 'SELECT id AS "Thing" FROM things'}
    found = guide(write_package(tmp_path, [things], data, settings))
    assert "“Thing”" in found["Trace to the source"]
    assert "Sources" not in found["Trace to the source"]


def test_it_uses_no_programmers_words():
    text = " ".join(guide(PACKAGES / "workbook-library").values()).casefold()
    words = ("resource", "null", "field", "string", "foreign", "datapackage", "schema", "csv")
    assert [word for word in words if word in text] == []


def test_it_says_what_an_empty_cell_means():
    assert "empty cell" in guide(PACKAGES / "workbook-bare")["Find"]
