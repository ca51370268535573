"""Every value of the data, read back from the workbook."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetpack import build
from sheetpack.workbook.addresses import addresses
from sheetpack.workbook.cells import converter
from sheetpack.workbook.rows import unescape
from tests.samples import PACKAGES, opened, resource, write_package

NAMES = ["workbook-library", "workbook-types", "workbook-bare"]
# What XML allows, and the spreadsheet with it: no control characters but tab and line ends.
ALLOWED = st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[*map(chr, range(9)), *map(chr, range(0x0B, 0x20)), "\ufffe", "\uffff"],
)
NASTY = st.sampled_from(["_x0041_", "_x000D_", "=1+1", "#N/A", "TRUE", "042", " ", "\n", "\t", "_"])
# LibreOffice saves booleans as formulas. No text of ours is read as one: it has a kind.
BOOLEANS = {"=TRUE()": True, "=FALSE()": False}
TEXTS = st.lists(st.text(ALLOWED) | NASTY, min_size=1, max_size=6).map("".join)


def read(value):
    """A cell as the reader gives it, with what is told apart by its kind alone made equal."""
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return unescape_text(value)


def cells(content, name):
    """The rows of a sheet below its header, without the blanks at their ends."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))[name]
    rows = []
    for row in sheet.iter_rows(min_row=2, values_only=True):
        values = [BOOLEANS.get(value) if value in BOOLEANS else read(value) for value in row]
        while values and values[-1] is None:
            values.pop()
        rows.append(values)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def expected(table):
    """What the sheet of a table should hold, as the reader of workbooks gives it."""
    kinds = [field.type for field in table.resource.fields]
    rows = []
    for row in table.rows:
        values = [
            comparable(converter(kind)(raw, value))
            for kind, raw, value in zip(kinds, row.raw, row.values, strict=True)
        ]
        while values and values[-1] is None:
            values.pop()
        rows.append(values)
    return rows


def unescape_text(value):
    return unescape(value) if isinstance(value, str) else value


def comparable(value):
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value


def same(found, wanted):
    """Equal in value, and booleans are booleans."""
    kinds = [[type(value) is bool for value in row] for row in found]
    return found == wanted and kinds == [[type(value) is bool for value in row] for row in wanted]


@pytest.mark.parametrize("name", NAMES)
def test_every_value_reads_back_as_it_stands_in_the_data(name):
    package, tables = opened(PACKAGES / name)
    content = build.products(package, tables)[0][0].content
    sheets = addresses(package, tables, []).resources
    for table in tables.values():
        found = cells(content, sheets[table.resource.name])
        assert same(found, expected(table))


def test_text_cells_are_letter_by_letter_those_of_the_csv():
    package, tables = opened(PACKAGES / "workbook-library")
    content = build.products(package, tables)[0][0].content
    with (package.folder / "data/codes.csv").open(encoding="utf-8", newline="") as file:
        assert cells(content, "Codes") == list(csv.reader(file))[1:]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS.filter(lambda text: text.strip("\r\n")), min_size=1, max_size=5))
def test_any_text_survives_from_csv_to_workbook(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("texts")
    file = io.StringIO()
    csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([["a"], *zip(texts)])
    fields = [{"name": "a", "type": "string"}]
    package, tables = opened(
        write_package(folder, [resource("t", fields)], {"t.csv": file.getvalue()})
    )
    read = [row.raw[0] for row in tables["t"].rows]
    content = build.products(package, tables)[0][0].content
    assert [row[0] for row in cells(content, "t")] == read
    assert [text.replace("\r\n", "\n").replace("\r", "\n") for text in read] == [
        text.replace("\r\n", "\n").replace("\r", "\n") for text in texts
    ]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is missing")
@pytest.mark.parametrize("name", NAMES)
def test_every_value_is_still_there_after_libreoffice_saved_the_file(name, tmp_path):
    package, tables = opened(PACKAGES / name)
    content = build.products(package, tables)[0][0].content
    saved = saved_by_libreoffice(content, tmp_path)
    sheets = addresses(package, tables, []).resources
    for table in tables.values():
        found, wanted = cells(saved, sheets[table.resource.name]), expected(table)
        # LibreOffice reads the escape of "_x0041_" but writes that text without one.
        assert same(found, [[unescape_text(value) for value in row] for row in wanted])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is missing")
def test_lists_tables_and_notes_are_still_there_after_libreoffice(tmp_path):
    content = build.products(*opened(PACKAGES / "workbook-library"))[0][0].content
    workbook = openpyxl.load_workbook(io.BytesIO(saved_by_libreoffice(content, tmp_path)))
    loans = workbook["Loans"]
    validations = loans.data_validations.dataValidation
    assert {rule.formula1 for rule in validations if rule.type == "list"} == {
        "list_books_book_id",
        "list_people_person_id",
    }
    (day,) = [rule for rule in validations if "D2" in str(rule.sqref) and rule.type == "custom"]
    assert "ISNUMBER" in day.formula1 and "2024-06-19" in day.error
    marked = {str(cells.sqref).split(":")[0] for cells in loans.conditional_formatting}
    assert marked >= {"A2", "B2", "C2", "D2"}
    assert "COUNTA" in workbook.defined_names["list_books_book_id"].attr_text
    assert loans["A1"].comment is not None
    assert [table.ref for table in loans.tables.values()] == ["A1:E4"]


def saved_by_libreoffice(content: bytes, folder: Path) -> bytes:
    source, target = folder / "book.xlsx", folder / "saved"
    source.write_bytes(content)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--convert-to", "xlsx", "--outdir", str(target), str(source)),
        ],
        check=True,
        capture_output=True,
    )
    return (target / "book.xlsx").read_bytes()
