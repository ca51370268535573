from __future__ import annotations

import json
import shutil

import openpyxl
import pytest
from click.testing import CliRunner

from sheetpack import build
from sheetpack.cli import main
from tests.samples import PACKAGES, opened
from tests.test_revision import git


def run(*arguments):
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


@pytest.fixture
def edited(gallery):
    """A copy of the gallery in which one cell differs from that of the fixtures."""
    gallery.replace("data/remarks.csv", "Sold", "Lent")
    return gallery


def test_two_descriptors_are_compared(edited):
    result = run(PACKAGES / "gallery", edited.descriptor)
    assert result.exit_code == 0
    assert ": Sold → Lent\n" in result.output
    assert result.output.endswith("\n\n1 row changed (1 cell).\n")


def test_where_nothing_differs_it_says_so_and_that_is_no_failure(gallery):
    result = run(PACKAGES / "gallery", gallery.folder)
    assert (result.exit_code, result.output) == (0, "Nothing differs.\n")


def test_quiet_writes_the_last_line_only(edited):
    assert run(PACKAGES / "gallery", edited.folder, "--quiet").output == "1 row changed (1 cell).\n"


def test_it_answers_in_json_and_in_markdown(edited):
    sides = (PACKAGES / "gallery", edited.folder)
    found = json.loads(run(*sides, "--format", "json").output)
    assert found["counts"]["changed"] == 1
    assert "Sold → Lent" in run(*sides, "--format", "markdown").output


def test_a_git_revision_is_compared_with_the_files_of_now(gallery, monkeypatch):
    git(gallery.folder, "init", "--quiet", "--initial-branch=data")
    git(gallery.folder, "add", ".")
    git(gallery.folder, "commit", "--quiet", "--message=one")
    gallery.replace("data/remarks.csv", "Sold", "Lent")
    expected = run(PACKAGES / "gallery", gallery.folder).output
    assert run("HEAD", gallery.folder, "--package", gallery.folder).output == expected
    monkeypatch.chdir(gallery.folder)
    assert run("HEAD", ".").output == expected
    # There is a branch of this name too, but a folder is what stands here.
    result = run("data", ".")
    assert result.exit_code == 2
    assert "data holds no datapackage.json" in result.output


def test_a_workbook_is_compared_with_the_data_it_was_built_from(edited, tmp_path):
    workbook = tmp_path / "sent.xlsx"
    workbook.write_bytes(build.products(*opened(PACKAGES / "gallery"))[0][0].content)
    result = run(workbook, edited.folder)
    assert result.exit_code == 0
    assert ": Sold → Lent\n" in result.output
    same = run(workbook, workbook, "--package", edited.folder)
    assert (same.exit_code, same.output) == (0, "Nothing differs.\n")


def test_questions_about_a_workbook_end_with_exit_code_1(gallery, tmp_path):
    workbook = tmp_path / "sent.xlsx"
    workbook.write_bytes(build.products(*opened(gallery.folder))[0][0].content)
    book = openpyxl.load_workbook(workbook)
    cell = next(cell for row in book["remarks"].iter_rows() for cell in row if cell.value == "Sold")
    cell.value, cell.data_type = "#N/A", "e"
    book.save(workbook)
    result = run(gallery.folder, workbook, "--format", "json")
    assert result.exit_code == 1
    (issue,) = [each for each in json.loads(result.stdout)["issues"] if each["level"] == "error"]
    assert issue["cell"] == cell.coordinate


def test_notes_about_a_workbook_stand_beside_the_answer_and_claim_no_check(gallery, tmp_path):
    workbook = tmp_path / "sent.xlsx"
    workbook.write_bytes(build.products(*opened(gallery.folder))[0][0].content)
    book = openpyxl.load_workbook(workbook)
    book.create_sheet("My notes")["A1"] = "mine"
    book.save(workbook)
    result = run(gallery.folder, workbook)
    assert (result.exit_code, result.stdout) == (0, "Nothing differs.\n")
    assert "“My notes” is none of the data sheets" in result.stderr
    assert "Checked" not in result.stderr


def test_data_that_is_wrong_is_compared_and_data_that_cannot_be_read_is_refused(edited):
    edited.replace("data/remarks.csv", "storm,2", "strom,2")
    assert run(PACKAGES / "gallery", edited.folder).exit_code == 0
    edited.path("data/remarks.csv").unlink()
    result = run(PACKAGES / "gallery", edited.folder)
    assert result.exit_code == 2
    assert "data/remarks.csv" in result.output


def test_a_name_that_is_too_long_for_a_file_is_that_of_a_revision(gallery):
    result = run("a" * 5000, gallery.folder)
    assert result.exit_code == 2
    assert "is neither a file" in result.output or "no revision either" in result.output


@pytest.mark.parametrize("side", [("nothing.xlsx", "."), (".", "nothing.xlsx")])
def test_what_is_neither_a_file_nor_a_revision_is_refused_in_one_sentence(
    gallery, monkeypatch, side
):
    monkeypatch.chdir(gallery.folder)
    result = run(*side)
    assert result.exit_code == 2
    assert "nothing.xlsx is " in result.output
    assert "Nothing was done: 1 problem." in result.output


def test_a_file_that_is_no_workbook_is_refused(gallery):
    result = run(gallery.folder, gallery.path("data/remarks.csv"))
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert "remarks.csv" in result.output


def test_the_changes_are_written_as_a_workbook_too(edited, tmp_path):
    output = tmp_path / "changes.xlsx"
    assert run(PACKAGES / "gallery", edited.folder, "--workbook", output).exit_code == 0
    assert openpyxl.load_workbook(output).sheetnames == ["Changes", "remarks (changes)"]
    assert run(PACKAGES / "gallery", edited.folder, "--workbook", output).exit_code == 0


def test_a_workbook_of_changes_replaces_nothing_that_somebody_made(gallery, tmp_path):
    built = tmp_path / "built.xlsx"
    built.write_bytes(build.products(*opened(gallery.folder))[0][0].content)
    saved = tmp_path / "saved.xlsx"
    shutil.copy(built, saved)
    openpyxl.load_workbook(saved).save(saved)
    before = built.read_bytes(), saved.read_bytes()
    for output, code in ((built, "diff-over-input"), (saved, "diff-not-ours")):
        result = run(gallery.folder, built, "--workbook", output, "--format", "json")
        assert result.exit_code == 2
        assert [each["code"] for each in json.loads(result.output)["issues"]] == [code]
    assert (built.read_bytes(), saved.read_bytes()) == before


def test_a_workbook_of_another_kind_is_wrong_use(gallery):
    result = run(gallery.folder, gallery.folder, "--workbook", "changes.xls")
    assert result.exit_code == 2
    assert "ends in .xlsx" in result.output


def test_colours_are_for_terminals_only(edited, monkeypatch):
    arguments = ["diff", str(PACKAGES / "gallery"), str(edited.folder)]
    assert "\x1b" not in CliRunner().invoke(main, arguments, color=True).output
    monkeypatch.setattr("sheetpack.cli.diff._is_terminal", lambda: True)
    coloured = CliRunner().invoke(main, arguments, color=True).output
    assert "\x1b[33m  ~ row" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in CliRunner().invoke(main, arguments, color=True).output
