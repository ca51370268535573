"""Workbooks that other programs saved: exactly the edits come back, and nothing else."""

from __future__ import annotations

import io
from datetime import date

import pytest
import python_calamine
import xlsxwriter
from click.testing import CliRunner

from sheetpack.cli import main
from tests.editing import built
from tests.workbook.test_in_libreoffice import has_uno, in_session

WITHOUT_UNO = "LibreOffice (soffice) or its Python module (python3-uno) is missing"
CORRECTED = {
    "people.csv": """\
person_id,name,member,guarantor_id
ada,Ada Reader,true,
dora,Dora,false,ada
ben,Ben Keeper,true,ada
chen,陳 Chen,false,ben
""",
    "books.csv": """\
book_id,title,genre,shelf,published,price
odyssey,The Odyssey,poetry,1,1614/1616,13.5
middlemarch,"Middlemarch, A Study of Provincial Life",other,2,1871,9.99
atlas,"An atlas of the county, with a very long title that no shelf label has ever been able to \
hold in full, and with maps",other,3,2024-06,30
bestiary,A bestiary,other,,1200,
""",
    "loans.csv": """\
loan_id,book_id,person_id,day,note
loan-1,odyssey,ada,2024-07-01,
loan-2,atlas,ben,2024-06-20,"Two stains:
one of tea, one of ink"
""",
}


def merge(library, book):
    return CliRunner().invoke(main, ["merge", str(book), "--package", str(library.folder)])


def data(library):
    return {path.name: path.read_bytes() for path in library.path("data").iterdir()}


def is_corrected(library, before):
    wanted = before | {name: text.encode() for name, text in CORRECTED.items()}
    return data(library) == wanted


@pytest.mark.skipif(not has_uno(), reason=WITHOUT_UNO)
def test_libreoffice_edits_sorts_filters_inserts_and_deletes(library, tmp_path):
    before = data(library)
    book = built(library.folder, tmp_path / "book.xlsx")
    saved = in_session("correct", book, tmp_path / "saved.xlsx")[1]
    result = merge(library, saved)
    assert result.exit_code == 0, result.output
    assert is_corrected(library, before)


@pytest.mark.skipif(not has_uno(), reason=WITHOUT_UNO)
@pytest.mark.parametrize("name", ["workbook-library", "workbook-types", "workbook-bare", "gallery"])
def test_what_libreoffice_merely_saved_changes_nothing(copy_of, name, tmp_path):
    package = copy_of(name)
    before = {path: path.read_bytes() for path in package.folder.rglob("*") if path.is_file()}
    book = built(package.folder, tmp_path / "book.xlsx")
    saved = in_session("save", book, tmp_path / "saved.xlsx")[1]
    result = merge(package, saved)
    assert result.exit_code == 0, result.output
    assert "holds no edits" in result.output
    after = {path: path.read_bytes() for path in package.folder.rglob("*") if path.is_file()}
    assert after == before


def rewritten(book, change=lambda sheets: None):
    """The workbook read by one library and written by another; all but the cells is lost."""
    source = python_calamine.load_workbook(book)
    sheets = {
        name: source.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in source.sheet_names
    }
    change(sheets)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as target:
        day = target.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = target.add_worksheet(name)
            for at, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if isinstance(value, date):
                        sheet.write_datetime(at, column, value, day)
                    elif isinstance(value, bool):
                        sheet.write_boolean(at, column, value)
                    elif isinstance(value, int | float):
                        sheet.write_number(at, column, value)
                    elif value:
                        sheet.write_string(at, column, value)
    book.write_bytes(file.getvalue())
    return book


@pytest.mark.parametrize("name", ["workbook-library", "workbook-bare", "gallery"])
def test_what_another_library_merely_rewrote_changes_nothing(copy_of, name, tmp_path):
    package = copy_of(name)
    book = rewritten(built(package.folder, tmp_path / "book.xlsx"))
    result = merge(package, book)
    assert result.exit_code == 0, result.output
    assert "holds no edits" in result.output


def test_the_same_edits_by_another_library(library, tmp_path):
    before = data(library)

    def correct(sheets):
        books, people, loans = sheets["Books"], sheets["People"], sheets["Loans"]
        books[2][2], books[1][5], books[3][4] = "other", 13.5, "2024-06"
        books[1:] = [
            books[3],
            books[1],
            books[2],
            [],
            ["bestiary", "A bestiary", "other", "", "1200"],
        ]
        people.insert(2, ["dora", "Dora", False, "ada"])
        loans[1][3] = date(2024, 7, 1)
        del loans[3]

    book = rewritten(built(library.folder, tmp_path / "book.xlsx"), correct)
    result = merge(library, book)
    assert result.exit_code == 0, result.output
    assert is_corrected(library, before)
