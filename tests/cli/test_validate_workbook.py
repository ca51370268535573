"""`sheetpack validate WORKBOOK`, for somebody who knows no programming."""

from __future__ import annotations

import json

import openpyxl
from click.testing import CliRunner

from sheetpack.cli import main
from tests.editing import edit, set_cell


def run(library, book, *more):
    arguments = ["validate", str(book), "--package", str(library.folder), *map(str, more)]
    return CliRunner().invoke(main, arguments)


def mistakes(workbook):
    set_cell(workbook["Books"], "odyssey", "Genre", "cookery")
    set_cell(workbook["Books"], "atlas", "Title of the book", None)
    set_cell(workbook["Loans"], "loan-2", "Person", "benn")


def test_a_workbook_as_built_has_no_problem(library, book):
    result = run(library, book)
    assert result.exit_code == 0
    assert result.output == "Checked 4 tables with 12 rows: no problem.\n"


def test_each_mistake_is_told_with_sheet_cell_and_what_to_write(library, book):
    edit(book, mistakes)
    result = run(library, book)
    assert result.exit_code == 1
    assert "book.xlsx, sheet “Books”" in result.output
    assert "book.xlsx, sheet “Loans”" in result.output
    for words in ("(cell C2)", "“cookery”", "(cell B4)", "(cell C3)", "Did you mean “ben”?"):
        assert words in result.output
    for words in ("“Person” (cell C3)", "“benn” does not exist in “Person” of", "“People”"):
        assert words in result.output


def test_json_names_sheet_and_cell(library, book):
    edit(book, mistakes)
    issues = json.loads(run(library, book, "--format", "json").output)["issues"]
    places = {(issue["sheet"], issue["cell"]) for issue in issues}
    assert places == {("Books", "C2"), ("Books", "B4"), ("Loans", "C3")}


def test_the_marked_copy_shows_the_same_and_can_be_corrected(library, book, tmp_path):
    edit(book, mistakes)
    before = book.read_bytes()
    copy = tmp_path / "problems.xlsx"
    result = run(library, book, "--annotate", copy)
    assert result.exit_code == 1, result.output
    assert book.read_bytes() == before
    workbook = openpyxl.load_workbook(copy)
    links = [
        cell.hyperlink.location for line in workbook["Problems"] for cell in line if cell.hyperlink
    ]
    assert {link.replace("'", "").replace("$", "") for link in links} == {
        "Books!C2",
        "Books!B4",
        "Loans!C3",
    }

    def correct(workbook):
        set_cell(workbook["Books"], "odyssey", "Genre", "other")
        set_cell(workbook["Books"], "atlas", "Title of the book", "An atlas")
        set_cell(workbook["Loans"], "loan-2", "Person", "ben")

    edit(copy, correct)
    assert run(library, copy).exit_code == 0


def test_a_copy_that_somebody_edited_is_not_replaced(library, book, tmp_path):
    edit(book, mistakes)
    copy = tmp_path / "problems.xlsx"
    run(library, book, "--annotate", copy)
    run(library, book, "--annotate", copy)  # its own work may be replaced
    edit(copy, lambda workbook: None)
    edited = copy.read_bytes()
    result = run(library, book, "--annotate", copy)
    assert (result.exit_code, copy.read_bytes()) == (2, edited)
    assert "may hold edits" in result.output


def test_the_workbook_itself_is_never_the_marked_copy(library, book):
    edit(book, mistakes)
    before = book.read_bytes()
    result = run(library, book, "--annotate", book)
    assert (result.exit_code, book.read_bytes()) == (2, before)
    assert "is the workbook itself" in result.output


def test_without_problems_no_copy_is_written(library, book, tmp_path):
    assert run(library, book, "--annotate", tmp_path / "problems.xlsx").exit_code == 0
    assert not (tmp_path / "problems.xlsx").exists()


def test_a_copy_of_a_descriptor_is_wrong_use(library):
    arguments = ["validate", str(library.descriptor), "--annotate", "a.xlsx"]
    assert CliRunner().invoke(main, arguments).exit_code == 2


def test_rows_are_compared_with_the_data_where_the_workbook_has_no_base(library, book):
    edit(book, lambda workbook: workbook.remove(workbook["Base"]))
    assert run(library, book).exit_code == 0


def test_a_missing_sheet_is_a_note(library, book):
    edit(book, lambda workbook: workbook.remove(workbook["Loans"]))
    result = run(library, book)
    assert result.exit_code == 0
    assert "There is no sheet “Loans”" in result.output


def test_two_rows_with_one_key_are_told_at_the_second(library, book):
    edit(book, lambda workbook: set_cell(workbook["Books"], "atlas", "Book", "odyssey"))
    result = run(library, book)
    assert result.exit_code == 1
    assert "(cell A4)" in result.output


def test_a_file_that_is_no_workbook_is_refused(library, tmp_path):
    path = tmp_path / "notes.xlsx"
    path.write_text("a,b\n1,2\n")
    assert run(library, path).exit_code == 2
