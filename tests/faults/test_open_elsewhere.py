"""A workbook that is open in another program is read and replaced, and said to be open."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sheetpack import catalogue
from sheetpack.cli import main
from tests.faults.works import all_files, edited, library

LIBREOFFICE, EXCEL = ".~lock.{}#", "~${}"


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)])


def words(code: str, file: str) -> str:
    return catalogue.issue(code, file=file).message


@pytest.mark.parametrize("mark", [LIBREOFFICE, EXCEL])
def test_what_reads_an_open_workbook_says_that_it_may_not_be_saved(mark, tmp_path):
    folder = edited(tmp_path / "work")
    book = folder.parent / "book.xlsx"
    commands = (["merge", book, "--dry-run"], ["validate", book], ["diff", folder, book])
    said = words("workbook-open", "book.xlsx")
    for command in commands:
        assert said not in run(*command, "--package", folder).output
    book.with_name(mark.format(book.name)).write_bytes(b"somebody")
    for command in commands:
        result = run(*command, "--package", folder)
        assert (result.exit_code, said in result.output) == (0, True), command


def test_edits_that_were_saved_are_merged_though_the_workbook_is_open(tmp_path):
    folder = edited(tmp_path / "work")
    book = folder.parent / "book.xlsx"
    book.with_name(LIBREOFFICE.format(book.name)).write_bytes(b"somebody")
    before = all_files(folder / "data")
    assert run("merge", book, "--package", folder).exit_code == 0
    assert all_files(folder / "data") != before


@pytest.mark.parametrize("mark", [LIBREOFFICE, EXCEL])
def test_a_build_that_replaces_an_open_workbook_says_so(mark, tmp_path):
    folder = library(tmp_path / "work")
    assert "seems to be open" not in run("build", "--package", folder).output
    name = "workbook-library.xlsx"
    (folder / "dist" / mark.format(name)).write_bytes(b"somebody")
    result = run("build", "--package", folder)
    assert result.exit_code == 0
    assert words("workbook-replaced", name) in result.output
