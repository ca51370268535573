"""Single things that people and programs do to a workbook, each with what must come of it."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from sheetpack import merging
from sheetpack.issue import Refusal
from tests.editing import built, edit, merged_in_full, row, set_cell
from tests.samples import opened, resource, write_package

MIDDLEMARCH = 'middlemarch,"Middlemarch, A Study of Provincial Life",novel,2,1871,9.99\n'


class Came(NamedTuple):
    """What a merge came to: codes of errors, codes of notes, changed rows."""

    errors: set[str]
    notes: set[str]
    rows: list[tuple[str, str]]
    outcome: merging.Outcome


def merged(descriptor, book):
    package, tables = opened(descriptor)
    outcome = merged_in_full(package, tables, book)
    found = [*outcome.issues, *outcome.conflicts]
    return Came(
        {issue.code for issue in found if issue.level == "error"},
        {issue.code for issue in found if issue.level == "warning"},
        [(change.kind, " / ".join(map(str, change.new_key))) for change in outcome.changes.rows],
        outcome,
    )


def values(sheet):
    return [[cell.value for cell in line] for line in sheet.iter_rows()]


def put(sheet, rows):
    for at, cells in enumerate(rows, start=1):
        for column, value in enumerate(cells, start=1):
            sheet.cell(at, column).value = value


def test_rows_sorted_together_with_their_header_are_not_taken_for_deleted(library, book):
    edit(book, lambda book: put(book["Codes"], values(book["Codes"])[::-1]))
    came = merged(library.descriptor, book)
    assert (came.errors, came.rows) == ({"row-above"}, [])


def test_a_sheet_without_its_key_is_asked_about_and_nothing_else_told_of_it(library, book):
    edit(book, lambda book: book["Books"].delete_cols(1))
    came = merged(library.descriptor, book)
    assert (came.errors, came.notes, came.rows) == ({"column-missing-key"}, set(), [])


def test_what_stands_above_the_header_is_told_unless_it_is_a_title(library, book):
    def write_above(workbook):
        workbook["Books"].insert_rows(1, 2)
        workbook["Books"]["A1"] = "The books"
        workbook["Books"]["A2"], workbook["Books"]["C2"] = "new", "other"

    edit(book, write_above)
    came = merged(library.descriptor, book)
    assert (came.errors, came.notes, came.rows) == (set(), {"cells-above"}, [])
    assert [each.row for each in came.outcome.issues] == [2]


def test_keys_taken_for_numbers_are_undone_though_a_row_above_is_gone(tmp_path):
    codes = resource("codes", ["id", "label"], ["id"])
    data = {"codes.csv": "id,label\n001,One\n002,Two\n003,Three\n04,Four\n004,Fourth\n"}
    descriptor = write_package(tmp_path, [codes], data)
    book = built(descriptor, tmp_path / "book.xlsx")

    def as_numbers(workbook):
        sheet = workbook["codes"]
        sheet.delete_rows(2)
        for cell in sheet["A"][1:3]:
            cell.value = int(cell.value)

    came = merged(descriptor, edit(book, as_numbers))
    assert (came.errors, came.notes) == (set(), {"repaired-misread"})
    assert came.rows == [("removed", "001")]


def test_what_is_wrong_in_a_row_that_only_the_data_has_is_told_of_its_file(library, book):
    file = library.path("data/loans.csv")
    file.write_text(file.read_text("utf-8") + "loan-9,middlemarch,,2024-06-21,\n", "utf-8")
    edit(book, lambda book: book["Books"].delete_rows(row(book["Books"], "middlemarch")))
    (issue,) = merged(library.descriptor, book).outcome.issues
    assert (issue.file, issue.sheet, issue.cell) == ("data/loans.csv", "", "B5")


def test_a_new_row_is_shown_where_it_stands_on_the_sheet(library, book):
    edit(book, lambda book: put_at(book["Books"], 40, ["bestiary", "A bestiary", "other"]))
    (change,) = merged(library.descriptor, book).outcome.changes.rows
    assert (change.kind, change.new_row) == ("added", 40)


def put_at(sheet, number, cells):
    for column, value in enumerate(cells, start=1):
        sheet.cell(number, column).value = value


def test_columns_that_differ_in_signs_only_change_nothing_by_themselves(tmp_path):
    descriptor = write_package(
        tmp_path,
        [resource("t", ["id", "c", "c++", {"name": "e", "title": "C ($)"}, "C#"], ["id"])],
        {"t.csv": "id,c,c++,e,C#\na,1,2,3,4\n"},
    )
    came = merged(descriptor, built(descriptor, tmp_path / "book.xlsx"))
    assert came[:3] == (set(), set(), [])


def test_edits_on_one_of_two_copies_of_a_sheet_are_not_left_out_unasked(library, book):
    def copy(workbook):
        sheet = workbook["Books"]
        workbook.copy_worksheet(sheet).title = "Library B"
        sheet.title = "Library A"
        sheet.tables.clear()
        set_cell(sheet, "odyssey", "Genre", "other")

    came = merged(library.descriptor, edit(book, copy))
    assert came.errors == {"sheet-unclear"}


def test_the_base_is_found_beside_a_column_that_a_program_put_before_it(library, book):
    def insert(workbook):
        workbook["Base"].insert_cols(1)
        set_cell(workbook["Books"], "odyssey", "Genre", "other")

    came = merged(library.descriptor, edit(book, insert))
    assert (came.errors, came.rows) == (set(), [("changed", "odyssey")])


def test_a_base_of_which_a_table_was_cut_off_is_no_base(library, book):
    def cut(workbook):
        base = workbook["Base"]
        base.delete_rows(row(base, "books"))

    edit(book, cut)
    package, tables = opened(library.descriptor)
    with pytest.raises(Refusal) as refused:
        merging.bring_back(package, lambda: tables, book)
    assert [issue.code for issue in refused.value.issues] == ["base-absent", "base-broken"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("middlemarch,", "march,", "“middlemarch” is “march” in the data now, and “mm” in"),
        (MIDDLEMARCH, "", "“middlemarch” is removed in the data now, and “mm” in"),
    ],
)
def test_a_row_renamed_here_and_renamed_or_removed_there_is_told_by_its_old_key(
    library, book, old, new, words
):
    library.replace("data/books.csv", old, new)
    edit(book, lambda book: set_cell(book["Books"], "middlemarch", "Book", "mm"))
    (issue,) = merged(library.descriptor, book).outcome.conflicts
    assert issue.code == "conflict-key"
    assert words in issue.message


def test_a_column_whose_header_was_emptied_is_asked_about(library, book):
    def empty(workbook):
        workbook["Books"]["F1"] = None
        workbook["Books"]["F2"] = 99

    came = merged(library.descriptor, edit(book, empty))
    assert came.errors == {"sheet-header-blank"}
    (issue,) = [each for each in came.outcome.issues if each.level == "error"]
    assert (issue.cell, "“Price”" in issue.hint) == ("F1", True)


def test_a_cell_that_is_asked_about_seems_to_be_nothing_else(library, book):
    def formulas(workbook):
        sheet = workbook["Books"]
        sheet["A2"] = "=D2"
        put_at(sheet, 5, ["new", "=A2", "other"])

    came = merged(library.descriptor, edit(book, formulas))
    assert [(each.code, each.cell) for each in came.outcome.issues] == [
        ("asked-formula", "A2"),
        ("asked-formula", "B5"),
    ]
    assert came.rows == [("added", "new")]


def test_a_cell_left_empty_gets_the_word_that_the_file_has_for_nothing(tmp_path):
    number = {"name": "n", "type": "number"}
    table = resource("t", ["id", number, "s"], ["id"], schema={"missingValues": ["NA", "-"]})
    descriptor = write_package(tmp_path, [table], {"t.csv": "id,n,s\na,NA,x\nb,1,NA\nc,-,\n"})
    book = built(descriptor, tmp_path / "book.xlsx")

    def change(workbook):
        sheet = workbook["t"]
        sheet["B3"] = None
        sheet["A5"], sheet["C5"] = "d", "y"

    came = merged(descriptor, edit(book, change))
    assert (came.errors, came.rows) == (set(), [("changed", "b"), ("added", "d")])
    made = [row.cells for row in came.outcome.merged.rows["t"]]
    assert made == [("a", "NA", "x"), ("b", "NA", "NA"), ("c", "-", None), ("d", "NA", "y")]


def test_a_column_that_the_data_got_since_is_no_problem_of_the_workbook(tmp_path):
    descriptor = write_package(tmp_path, [resource("t", ["id"], ["id"])], {"t.csv": "id\na\nb\n"})
    book = built(descriptor, tmp_path / "book.xlsx")
    email = {"name": "email", "type": "string", "constraints": {"required": True}}
    table = resource("t", ["id", email], ["id"])
    package, tables = opened(write_package(tmp_path, [table], {"t.csv": "id,email\nb,x\na,y\n"}))
    outcome = merging.as_it_is(package, tables, book)
    assert [issue.code for issue in outcome.issues] == ["column-missing"]


def test_what_only_the_data_says_wrongly_is_told_of_its_file(library, book):
    library.replace("data/books.csv", "poetry", "cookery")
    edit(book, lambda book: set_cell(book["Books"], "odyssey", "Price", "much"))
    found = [(each.file, each.cell) for each in merged(library.descriptor, book).outcome.issues]
    assert found == [("book.xlsx", "F2"), ("data/books.csv", "C2")]
