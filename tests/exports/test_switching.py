"""Which formats are built is a setting and an option; a check looks at those that are there."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from sheetpack.cli import main
from sheetpack.exports import FORMATS
from tests.exports.conftest import write_hard
from tests.samples import resource, write_package


@pytest.fixture
def folder(tmp_path):
    write_hard(tmp_path)
    return tmp_path


def run(folder, *arguments):
    return CliRunner().invoke(main, ["build", "--package", str(folder), *arguments])


def files_in(folder):
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(found)


def codes(result):
    return {issue["code"] for issue in json.loads(result.stdout)["issues"]}


def test_without_a_word_the_workbook_and_the_csvs_are_built(folder):
    assert run(folder).exit_code == 0
    assert files_in(folder / "dist") == ["datapackage.json", "sample.xlsx"]


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("sqlite", ["metadata.json", "sample.sqlite"]),
        ("parquet", ["parquet/things.parquet"]),
        ("json", ["sample.json"]),
    ],
)
def test_a_format_is_built_where_the_option_names_it(folder, name, files):
    assert run(folder, "--export", name).exit_code == 0
    assert files_in(folder / "dist") == sorted(["datapackage.json", "sample.xlsx", *files])


def test_a_setting_says_what_is_always_built(tmp_path):
    settings = {"exports": ["json"]}
    write_package(tmp_path, [resource("t", ["a"])], {"t.csv": "a\n1\n"}, settings)
    assert run(tmp_path).exit_code == 0
    assert files_in(tmp_path / "dist") == ["datapackage.json", "sample.json"]
    assert run(tmp_path, "--check").exit_code == 0


def test_a_setting_that_names_no_format_is_told(tmp_path):
    settings = {"exports": ["sqlit"]}
    write_package(tmp_path, [resource("t", ["a"])], {"t.csv": "a\n1\n"}, settings)
    result = run(tmp_path, "--format", "json")
    assert (result.exit_code, codes(result)) == (2, {"setting-value"})
    assert "“sqlite”" in result.output


def test_all_means_every_format_and_the_check_looks_at_each(folder):
    assert run(folder, "--export", "all").exit_code == 0
    listed = json.loads((folder / "dist/datapackage.json").read_text())
    assert listed["sheetpack"]["exports"] == [*FORMATS]
    assert run(folder, "--check").exit_code == 0
    (folder / "dist/sample.json").write_text("{}")
    result = run(folder, "--check", "--format", "json")
    assert (result.exit_code, "dist-differs" in codes(result)) == (1, True)


def test_a_check_holds_without_what_was_not_built(folder):
    run(folder)
    assert run(folder, "--check").exit_code == 0
    assert "dist-missing" in codes(run(folder, "--check", "--export", "json", "--format", "json"))


def test_what_an_earlier_build_left_is_noted_and_kept(folder):
    run(folder, "--export", "all")
    again = run(folder, "--format", "json")
    assert (again.exit_code, codes(again)) == (0, {"export-old"})
    names = [issue["message"].split("”")[0] for issue in json.loads(again.stdout)["issues"]]
    assert len(names) == len(set(names)) == 3  # one note for a format, however many files
    assert (folder / "dist/sample.sqlite").exists()
    check = run(folder, "--check", "--format", "json")
    assert (check.exit_code, codes(check)) == (0, {"export-old"})


def test_a_file_of_a_resource_that_went_away_is_named(folder):
    run(folder, "--export", "parquet")
    (folder / "dist/parquet/old.parquet").write_bytes(b"")
    result = run(folder, "--export", "parquet", "--check", "--format", "json")
    assert (result.exit_code, codes(result)) == (1, {"dist-stale"})


def test_two_files_of_one_name_are_refused(tmp_path):
    write_package(tmp_path, [resource("t", ["a"])], {"t.csv": "a\n1\n"}, name="metadata")
    result = run(tmp_path, "--export", "all", "--format", "json")
    assert (result.exit_code, codes(result)) == (2, {"export-same-file"})
    assert not (tmp_path / "dist").exists()


def test_an_unknown_format_is_refused(folder):
    result = run(folder, "--export", "pdf")
    assert result.exit_code == 2
    assert "sqlite" in result.output


@pytest.mark.parametrize("content", [None, "a letter", "[]"])
def test_a_descriptor_that_no_build_made_is_never_replaced(folder, content):
    path = folder / "datapackage.json"
    output = folder if content is None else folder / "other"
    if content is not None:
        output.mkdir()
        path = output / "datapackage.json"
        path.write_text(content)
    before = path.read_bytes()
    result = run(folder, "--output", str(output), "--format", "json")
    assert (result.exit_code, codes(result)) == (2, {"export-not-ours"})
    assert path.read_bytes() == before
    assert not (output / "sample.xlsx").exists()
