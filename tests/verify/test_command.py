from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from sheetpack.cli import main, telling
from tests.conftest import PACKAGES

from .conftest import RECORD


@pytest.fixture
def edited(island):
    island.replace("data/quotes.csv", "a cost without", "a coast without")
    return island


def test_the_last_line_says_what_was_verified_and_where_it_is_recorded(island):
    island.path(RECORD).unlink()
    result = island.run()
    assert result.exit_code == 0
    last = result.stdout.splitlines()[-1]
    assert "7 quotes" in last
    assert "2 texts" in last
    assert RECORD in last
    assert island.path(RECORD).is_file()


def test_nothing_is_recorded_while_something_is_wrong(edited):
    before = edited.path(RECORD).read_bytes()
    result = edited.run()
    assert result.exit_code == 1
    assert "data/quotes.csv" in result.stdout
    assert edited.path(RECORD).read_bytes() == before


@pytest.mark.parametrize("change", ["missing", "stale"])
def test_a_check_writes_nothing_and_tells_that_the_record_is_not_current(island, change):
    if change == "missing":
        island.path(RECORD).unlink()
    else:
        island.replace("data/quotes.csv", "warm-room,", "hot-room,")
        before = island.path(RECORD).read_bytes()
    result = island.run("--check", "--format", "json")
    assert result.exit_code == 1
    (issue,) = json.loads(result.stdout)["issues"]
    assert (issue["code"], issue["file"]) == ("record-stale", RECORD)
    if change == "missing":
        assert not island.path(RECORD).exists()
    else:
        assert island.path(RECORD).read_bytes() == before


def test_a_check_of_a_current_record_passes(island):
    assert island.run("--check").exit_code == 0


def test_quiet_says_nothing_where_nothing_is_wrong(island, edited):
    assert "coast" in edited.run("--quiet").stdout
    edited.replace("data/quotes.csv", "a coast without", "a cost without")
    assert island.run("--quiet").output == ""


@pytest.mark.parametrize("format_name", ["text", "json", "markdown", "github"])
def test_every_format_tells_what_is_wrong(edited, format_name):
    assert "a coast without" in edited.run("--format", format_name).stdout


def test_a_table_with_faults_is_to_be_put_right_first(edited):
    edited.replace(
        "data/citations.csv",
        "gulls-named,island-lighthouse,5",
        "gulls-named,island-lighthouse,five",
    )
    result = edited.run("--format", "json")
    assert result.exit_code == 1
    assert [issue["code"] for issue in json.loads(result.stdout)["issues"]] == ["type-integer"]


def test_a_package_that_does_not_say_what_to_verify_is_refused(tmp_path):
    command = ["verify", str(tmp_path), "--package", str(PACKAGES / "gallery"), "--format", "json"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert [issue["code"] for issue in json.loads(result.stdout)["issues"]] == ["verify-unset"]


@pytest.mark.parametrize("folder", ["nowhere", "file.txt"])
def test_a_folder_that_does_not_exist_is_wrong_use(tmp_path, folder):
    (tmp_path / "file.txt").write_text("x")
    command = ["verify", str(tmp_path / folder), "--package", str(PACKAGES / "island")]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert folder in result.output


def test_an_empty_folder_lacks_every_text(island, tmp_path):
    (tmp_path / "empty").mkdir()
    island.texts.folder = tmp_path / "empty"
    result = island.run("--format", "json")
    assert result.exit_code == 1
    assert [issue["code"] for issue in json.loads(result.stdout)["issues"]] == ["text-missing"] * 2


def test_a_record_that_cannot_be_written_is_told(island):
    island.path(RECORD).unlink()
    island.path(RECORD).mkdir()
    result = island.run("--format", "json")
    assert result.exit_code == 2
    assert [issue["code"] for issue in json.loads(result.stdout)["issues"]] == ["file-unwritable"]


def test_what_takes_long_says_on_the_error_stream_how_far_it_is(island, monkeypatch):
    monkeypatch.setattr(telling, "SILENT_SECONDS", -1.0)
    monkeypatch.setattr(telling.Progress, "__init__", _in_a_terminal)
    result = island.run()
    assert "project" in result.stderr
    assert " …" not in result.stdout


def _in_a_terminal(progress, quiet):
    progress.quiet, progress.begun = quiet, 0.0
