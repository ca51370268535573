"""`sheetpack merge` from the workbook to the files, as people use it."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import datetime

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.comments import Comment

from sheetpack.cli import main
from tests.editing import built, edit, set_cell


def run(library, book, *more):
    arguments = ["merge", str(book), "--package", str(library.folder), *map(str, more)]
    return CliRunner().invoke(main, arguments)


def data(library):
    return {path.name: path.read_bytes() for path in library.path("data").iterdir()}


def text(library, name):
    return library.path(f"data/{name}.csv").read_text("utf-8")


def typed(key, header, value, sheet="Books"):
    return lambda book: set_cell(book[sheet], key, header, value)


def test_a_workbook_that_nobody_edited_changes_nothing(library, book):
    before = data(library)
    result = run(library, book)
    assert result.exit_code == 0, result.output
    assert "holds no edits" in result.output
    assert data(library) == before


def test_an_edited_cell_changes_that_cell_alone(library, book):
    wanted = text(library, "books").replace("novel,2,1871,9.99", "other,2,1871,9.99")
    edit(book, typed("middlemarch", "Genre", "other"))
    result = run(library, book)
    assert result.exit_code == 0, result.output
    assert text(library, "books") == wanted
    assert "novel" in result.output and "other" in result.output


def test_a_new_row_far_below_the_table_is_brought_back(library, book):
    def add(workbook):
        for column, value in enumerate(("bestiary", "A bestiary", "other", 3, "1200", 1.5), 1):
            workbook["Books"].cell(40, column).value = value

    edit(book, add)
    assert run(library, book).exit_code == 0
    assert text(library, "books").endswith("bestiary,A bestiary,other,3,1200,1.5\n")


def test_a_row_that_is_inserted_stands_where_it_was_inserted(library, book):
    def add(workbook):
        workbook["People"].insert_rows(3)
        for column, value in enumerate(("dora", "Dora", True, "ada"), start=1):
            workbook["People"].cell(3, column).value = value

    edit(book, add)
    assert run(library, book).exit_code == 0
    keys = [line.split(",")[0] for line in text(library, "people").splitlines()]
    assert keys == ["person_id", "ada", "dora", "ben", "chen"]
    assert "dora,Dora,true,ada\n" in text(library, "people")


def test_a_deleted_row_is_deleted(library, book):
    edit(book, lambda workbook: workbook["Loans"].delete_rows(2))
    assert run(library, book).exit_code == 0
    assert "loan-1" not in text(library, "loans")


def test_hidden_and_filtered_rows_are_no_deletions(library, book):
    before = data(library)

    def hide(workbook):
        workbook["Books"].row_dimensions[3].hidden = True
        workbook["Books"].auto_filter.add_filter_column(0, ["odyssey"])

    edit(book, hide)
    assert run(library, book).exit_code == 0
    assert data(library) == before


def test_a_changed_key_is_followed_through_all_tables(library, book):
    edit(book, typed("odyssey", "Book", "homer-odyssey"))
    result = run(library, book)
    assert result.exit_code == 0, result.output
    assert "homer-odyssey,The Odyssey," in text(library, "books")
    loans = text(library, "loans")
    assert "loan-1,homer-odyssey," in loans and "loan-3,homer-odyssey," in loans


def test_a_changed_key_is_followed_into_tables_whose_sheet_is_missing(library, book):
    def change(workbook):
        set_cell(workbook["Books"], "odyssey", "Book", "homer-odyssey")
        workbook.remove(workbook["Loans"])

    edit(book, change)
    result = run(library, book)
    assert result.exit_code == 0, result.output
    assert "loan-1,homer-odyssey," in text(library, "loans")


def test_what_changed_in_the_data_meanwhile_stays(library, book):
    library.replace("data/books.csv", "1614/1616,12.5", "1614/1616,13")
    edit(book, typed("odyssey", "Genre", "other"))
    assert run(library, book).exit_code == 0
    assert "odyssey,The Odyssey,other,1,1614/1616,13\n" in text(library, "books")


def test_a_dry_run_shows_the_same_and_writes_nothing(library, book):
    before = data(library)
    edit(book, typed("odyssey", "Genre", "other"))
    dry = run(library, book, "--dry-run")
    assert (dry.exit_code, data(library)) == (0, before)
    wet = run(library, book)
    assert dry.output.splitlines()[:-1] == wet.output.splitlines()[:-1]
    assert "dry-run" in dry.output.splitlines()[-1]


def in_conflict(library, book):
    library.replace("data/books.csv", "poetry,1,", "novel,1,")
    edit(book, typed("odyssey", "Genre", "other"))
    return data(library)


def test_a_conflict_is_told_with_all_three_and_nothing_is_written(library, book, tmp_path):
    before = in_conflict(library, book)
    result = run(library, book)
    assert result.exit_code == 3, result.output
    assert data(library) == before
    assert all(word in result.output for word in ("“poetry”", "“novel”", "“other”", "cell C2"))
    assert "Nothing differs" not in result.output
    marked = openpyxl.load_workbook(tmp_path / "book-conflicts.xlsx")
    assert marked.sheetnames[0] == "Conflicts"
    cells = [cell.value for line in marked["Conflicts"] for cell in line if cell.value]
    assert any("“novel”" in str(value) for value in cells)
    fills = {cell.fill.start_color.rgb for cell in marked["Books"][2]}
    assert len(fills) == 2, "one cell is marked"


@pytest.mark.parametrize(
    ("options", "genre"),
    [
        (["--ours"], "novel"),
        (["--theirs"], "other"),
        (["--ours-in", "books"], "novel"),
        (["--theirs-in", "data/books.csv"], "other"),
        (["--ours", "--theirs-in", "Books"], "other"),
    ],
)
def test_a_conflict_can_be_decided_for_all_or_for_a_table(library, book, options, genre):
    in_conflict(library, book)
    result = run(library, book, *options)
    assert result.exit_code == 0, result.output
    assert f"odyssey,The Odyssey,{genre},1," in text(library, "books")


def test_the_marked_copy_can_be_corrected_and_merged(library, book, tmp_path):
    in_conflict(library, book)
    run(library, book)
    copy = tmp_path / "book-conflicts.xlsx"
    edit(copy, typed("odyssey", "Genre", "novel"))
    result = run(library, copy)
    assert result.exit_code == 0, result.output
    assert "odyssey,The Odyssey,novel,1," in text(library, "books")


def test_a_second_marked_copy_replaces_no_first_one(library, book, tmp_path):
    in_conflict(library, book)
    run(library, book)
    first = (tmp_path / "book-conflicts.xlsx").read_bytes()
    run(library, book)
    assert (tmp_path / "book-conflicts.xlsx").read_bytes() == first
    assert (tmp_path / "book-conflicts-2.xlsx").is_file()


def test_a_result_that_is_not_valid_is_told_at_its_cell_and_not_written(library, book):
    before = data(library)
    edit(book, typed("odyssey", "Genre", "cookery"))
    result = run(library, book)
    assert result.exit_code == 1
    assert data(library) == before
    assert "book.xlsx, sheet “Books”" in result.output and "(cell C2)" in result.output


def test_a_row_that_others_refer_to_cannot_just_go(library, book):
    before = data(library)
    edit(book, lambda workbook: workbook["Books"].delete_rows(4))
    result = run(library, book)
    assert (result.exit_code, data(library)) == (1, before)
    assert "“atlas”" in result.output


def test_a_question_keeps_everything_unwritten(library, book):
    before = data(library)
    edit(book, typed("odyssey", "Title of the book", "#N/A"))
    result = run(library, book)
    assert (result.exit_code, data(library)) == (1, before)


def test_what_a_spreadsheet_did_by_itself_is_undone_and_listed(library, book):
    before = data(library)
    edit(book, typed("atlas", "Published", datetime(2024, 5, 1)))
    result = run(library, book)
    assert result.exit_code == 0, result.output
    assert data(library) == before
    assert "2024-05" in result.output and "(cell E4)" in result.output


def test_notes_extra_sheets_and_scratch_columns_are_told_and_left_out(library, book):
    before = data(library)

    def scribble(workbook):
        workbook.create_sheet("My notes")["A1"] = "to do"
        workbook["Books"]["H1"] = "Seen"
        workbook["Books"]["H2"] = "yes"
        workbook["Books"]["B2"].comment = Comment("Is this right?", "Eve")

    edit(book, scribble)
    result = run(library, book)
    assert (result.exit_code, data(library)) == (0, before), result.output
    for words in ("“My notes”", "“Seen”", "Eve noted here: Is this right?"):
        assert words in result.output


def test_merged_cells_are_asked_about(library, book):
    edit(book, lambda workbook: workbook["Books"].merge_cells("B2:B3"))
    result = run(library, book)
    assert result.exit_code == 1
    assert "The cells B2:B3 are merged" in result.output


def test_columns_and_rows_may_be_in_any_order(library, book):
    before = data(library)

    def shuffle(workbook):
        sheet = workbook["Books"]
        rows = [[cell.value for cell in line][::-1] for line in sheet.iter_rows()]
        for at, cells in enumerate([rows[0], *rows[:0:-1]], start=1):
            for column, value in enumerate(cells, start=1):
                sheet.cell(at, column).value = value

    edit(book, shuffle)
    assert (run(library, book).exit_code, data(library)) == (0, before)


def test_without_a_base_one_has_to_be_named(library, book):
    edit(book, lambda workbook: workbook.remove(workbook["Base"]))
    result = run(library, book)
    assert result.exit_code == 2
    assert "does not say what it was made from" in result.output


def test_a_base_can_be_named(library, book):
    def change(workbook):
        workbook.remove(workbook["Base"])
        set_cell(workbook["Books"], "odyssey", "Genre", "other")

    edit(book, change)
    git(library.folder, "init", "-q")
    git(library.folder, "add", ".")
    git(library.folder, "commit", "-qm", "as built")
    library.replace("data/books.csv", "1614/1616,12.5", "1614/1616,13")
    result = run(library, book, "--base", "HEAD")
    assert result.exit_code == 0, result.output
    assert "odyssey,The Odyssey,other,1,1614/1616,13\n" in text(library, "books")


def test_a_base_can_be_a_package_of_its_own(library, book, tmp_path):
    edit(book, lambda workbook: workbook.remove(workbook["Base"]))
    shutil.copytree(library.folder, tmp_path / "as-built")
    library.replace("data/books.csv", "1614/1616,12.5", "1614/1616,13")
    result = run(library, book, "--base", tmp_path / "as-built", "--dry-run")
    assert result.exit_code == 0, result.output
    assert "holds no edits" in result.output


def git(folder, *arguments):
    identity = ["-c", "user.name=Eve", "-c", "user.email=eve@example.org"]
    subprocess.run(["git", "-C", folder, *identity, *arguments], check=True, capture_output=True)


def test_a_changed_base_is_no_base(library, book):
    def change(workbook):
        cell = workbook["Base"]["E2"]
        cell.value = cell.value.replace("ada", "eve")

    edit(book, change)
    result = run(library, book)
    assert result.exit_code == 2
    assert "has been changed" in result.output


def test_a_workbook_of_other_data_is_refused(library, copy_of, tmp_path):
    other = built(copy_of("workbook-bare").folder, tmp_path / "other.xlsx")
    result = run(library, other)
    assert result.exit_code == 2
    assert "no sheet that belongs to “A village library”" in result.output


def test_json_holds_the_issues_the_changes_and_what_was_done(library, book):
    edit(book, typed("odyssey", "Genre", "other"))
    found = json.loads(run(library, book, "--format", "json").output)
    assert (found["valid"], found["written"]) == (True, True)
    assert "other" in json.dumps(found["changes"])


def test_a_table_cannot_be_decided_both_ways(library, book):
    result = run(library, book, "--ours-in", "books", "--theirs-in", "Books")
    assert result.exit_code == 2
    assert "cannot name the same table" in result.output


def test_a_table_that_does_not_exist_is_named_with_a_guess(library, book):
    result = run(library, book, "--ours-in", "bookz")
    assert result.exit_code == 2
    assert "Did you mean “books”?" in result.output


def test_ours_and_theirs_for_all_is_wrong_use(library, book):
    assert run(library, book, "--ours", "--theirs").exit_code == 2


# Codes that the words above stand for.
TOLD = ("conflict", "conflict-row", "workbook-foreign", "base-absent", "base-broken")
