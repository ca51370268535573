"""Where the plain command calls a package valid, so do we, and its workbook is built; where it
does not, we name at least the same rows."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from pathlib import Path

import frictionless
import openpyxl
import pytest
from click.testing import CliRunner

from sheetpack.cli import main
from tests.strangers.cases import INVALID, VALID, Case
from tests.test_agreement import TOLD_ONCE

FAULTS_OF_OURS = {"internal", "descriptor-crash"}


def plain(path):
    """The report of plain Frictionless; None where it gives none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return frictionless.validate(str(path))
        except Exception:
            return None


def told(path):
    """The exit code of validate, and its issues."""
    result = CliRunner().invoke(main, ["validate", str(path), "--format", "json"])
    return result.exit_code, json.loads(result.output)["issues"]


@pytest.mark.parametrize("name", VALID)
def test_what_plain_frictionless_calls_valid_is_valid_built_and_merged_back(name, tmp_path):
    path = VALID[name].write(tmp_path)
    assert plain(path).valid, plain(path).flatten(["note"])
    assert told(path)[0] == 0, told(path)
    result = CliRunner().invoke(main, ["build", "--package", str(path)])
    assert result.exit_code == 0, result.output
    (workbook,) = Path(tmp_path, "dist").glob("*.xlsx")
    assert openpyxl.load_workbook(workbook).sheetnames
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    result = CliRunner().invoke(main, ["merge", str(workbook), "--package", str(path)])
    assert result.exit_code == 0, result.output
    assert "holds no edits" in result.output
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("name", INVALID)
def test_what_plain_frictionless_calls_invalid_is_told_at_least_at_its_rows(name, tmp_path):
    path = INVALID[name].write(tmp_path)
    report = plain(path)
    assert report is None or not report.valid
    code, issues = told(path)
    errors = [issue for issue in issues if issue["level"] == "error"]
    assert code in (1, 2) and errors
    assert not FAULTS_OF_OURS & {issue["code"] for issue in errors}, errors
    ours = {issue["row"] for issue in errors}
    codes = {issue["code"] for issue in errors}
    if report and not codes & TOLD_ONCE:
        theirs = {getattr(error, "row_number", 0) for task in report.tasks for error in task.errors}
        assert theirs - {0} <= ours, (theirs, errors)
    build = CliRunner().invoke(main, ["build", "--package", str(path)])
    assert build.exit_code == code


def test_a_descriptor_may_end_in_yml_though_the_plain_command_does_not_know_that(tmp_path):
    path = replace(VALID["plain"], descriptor="datapackage.yml").write(tmp_path)
    assert told(path)[0] == 0


@pytest.mark.parametrize("resources", [[], [{"name": "p", "path": "p.png"}]])
def test_a_package_without_a_table_is_refused_in_one_sentence(tmp_path, resources):
    code, issues = told(Case(resources, {"p.png": b""}).write(tmp_path))
    assert (code, [issue["code"] for issue in issues]) == (2, ["descriptor-no-tables"])


def test_a_row_that_is_taken_for_the_header_of_a_part_is_told(tmp_path):
    path = VALID["two parts, one without its header"].write(tmp_path)
    (note,) = told(path)[1]
    assert (note["code"], note["level"]) == ("part-header", "warning")
    assert "b.csv" in note["message"] and "“3”, “c”, “4”" in note["message"]


@pytest.mark.parametrize("name", ["two parts", "two parts without headers"])
def test_parts_that_begin_alike_are_not_told(tmp_path, name):
    assert told(VALID[name].write(tmp_path))[1] == []
