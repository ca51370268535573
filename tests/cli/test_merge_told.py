"""Every sentence about a workbook that comes back: what has to happen for it to be said."""

from __future__ import annotations

import json
import zipfile

import pytest
from click.testing import CliRunner
from openpyxl.comments import Comment

from sheetpack.cli import main
from tests.editing import built, edit, set_cell


def told(command, library, book, *more):
    """The codes of what is said, with the cells that it is said of."""
    arguments = [command, str(book), "--package", str(library.folder), "--format", "json", *more]
    result = CliRunner().invoke(main, list(map(str, arguments)))
    # Where a marked copy lies is said to people beside the report.
    report = json.loads(result.stdout)
    return {(issue["code"], issue["cell"]) for issue in report["issues"]}


def put(sheet, place, value):
    def change(workbook):
        workbook[sheet][place] = value

    return change


def noted(workbook):
    workbook["Books"]["B2"].comment = Comment("Sure?", "Eve")


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        (lambda workbook: workbook["Books"].merge_cells("B2:B3"), "cells-merged", "B2"),
        (put("Books", "J3", "a thought"), "cells-beside", "J3"),
        (noted, "comment-left", "B2"),
        (put("Books", "H1", "Mine"), "column-extra", "H1"),
        (put("Books", "F1", None), "column-missing", ""),
        (put("Books", "A1", None), "column-missing-key", ""),
        (put("Books", "C1", "Title of the book"), "sheet-header-twice", "C1"),
        (lambda workbook: workbook.create_sheet("Mine"), "sheet-extra", ""),
        (lambda workbook: workbook.remove(workbook["Codes"]), "sheet-missing", ""),
    ],
)
def test_what_people_do_to_sheets_is_told_at_its_place(library, book, change, code, cell):
    edit(book, change)
    found = told("validate", library, book)
    assert code in {each for each, _ in found}
    if cell:
        assert (code, cell) in found


def test_macros_are_left_out_and_told(library, book):
    relation = (
        '<Relationship Id="rId999" Target="vbaProject.bin" Type="http://schemas.'
        'microsoft.com/office/2006/relationships/vbaProject"/></Relationships>'
    )
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    links = "xl/_rels/workbook.xml.rels"
    parts[links] = parts[links].replace(b"</Relationships>", relation.encode())
    with zipfile.ZipFile(book, "w") as archive:
        for name, data in (parts | {"xl/vbaProject.bin": b"macro"}).items():
            archive.writestr(name, data)
    assert ("workbook-left-out", "") in told("merge", library, book)


def test_many_repairs_of_one_kind_are_counted(library, book):
    lines = [f"book-{number},Title,other,1,,5" for number in range(40)]
    library.write("data/books.csv", "\n".join([*text(library).splitlines(), *lines, ""]))
    built(library.folder, book)

    def change(workbook):
        for number in range(40):
            set_cell(workbook["Books"], f"book-{number}", "Title of the book", " Another ")

    edit(book, change)
    found = told("merge", library, book, "--dry-run")
    assert sum(code == "repaired-spaces" for code, _ in found) == 20
    assert any(code == "repaired-more" for code, _ in found)


def text(library):
    return library.path("data/books.csv").read_text("utf-8")


def test_a_column_that_was_taken_out_of_the_data_since_is_told_and_left_out(library, book):
    edit(book, put("Books", "F2", 99))
    library.replace(
        "datapackage.json", ',\n          {"name": "price", "title": "Price", "type": "number"}', ""
    )
    rows = [line.rsplit(",", 1)[0] for line in text(library).splitlines()]
    library.write("data/books.csv", "\n".join([*rows, ""]))
    assert told("merge", library, book) == {("columns-gone", ""), ("column-extra", "F1")}


def test_a_table_that_is_no_plain_file_cannot_be_written_to(library, book):
    library.replace(
        "datapackage.json",
        '"path": "data/codes.csv"',
        '"path": ["data/codes.csv", "data/more.csv"]',
    )
    library.write("data/more.csv", "list,code,label,definition\ngenre,map,Map,A map\n")
    library.replace(
        "datapackage.json", '["novel", "poetry", "other"]', '["novel", "poetry", "other", "map"]'
    )
    built(library.folder, book)
    edit(book, put("Codes", "D2", "Long"))
    assert "merge-file" in {code for code, _ in told("merge", library, book)}


def test_a_table_that_nobody_knows_and_copies_that_would_replace_work(library, book, tmp_path):
    assert ("which-table", "") in told("merge", library, book, "--ours-in", "bookz")
    edit(book, put("Books", "C2", "cookery"))
    assert ("copy-same", "") in told("validate", library, book, "--annotate", book)
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(book.read_bytes())
    assert ("copy-edited", "") in told("validate", library, book, "--annotate", copy)
