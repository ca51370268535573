from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from sheetpack.cli import main
from tests.conftest import PACKAGES


def run(*arguments):
    return CliRunner().invoke(main, ["validate", *map(str, arguments)])


def test_a_package_without_mistakes_is_said_to_be_so():
    result = run(PACKAGES / "gallery")
    assert result.exit_code == 0
    assert result.output == "Checked 5 tables with 14 rows: no problem.\n"


def test_the_package_can_be_named_by_an_option_too():
    assert run("--package", PACKAGES / "gallery" / "datapackage.json").exit_code == 0


def test_the_descriptor_of_this_folder_is_taken_where_none_is_named(gallery, monkeypatch):
    monkeypatch.chdir(gallery.folder)
    assert run().exit_code == 0


def test_quiet_says_nothing_where_nothing_is_wrong():
    result = run(PACKAGES / "gallery", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_problems_end_with_exit_code_1(gallery):
    gallery.replace("data/remarks.csv", "storm,2", "strom,2")
    result = run(gallery.folder)
    assert result.exit_code == 1
    assert "data/remarks.csv\n  row 4, “about” (cell A4): “strom”" in result.output


def test_notes_do_not(gallery):
    gallery.replace("data/remarks.csv", "Sold", "Sold ")
    assert run(gallery.folder).exit_code == 0


@pytest.mark.parametrize("format_name", ["text", "json", "markdown", "github"])
def test_what_cannot_be_read_ends_with_exit_code_2_and_one_sentence(tmp_path, format_name):
    result = run(tmp_path, "--format", format_name)
    assert result.exit_code == 2
    assert "holds no datapackage.json" in result.output
    assert "Traceback" not in result.output


def test_json_is_json_also_where_nothing_could_be_read(tmp_path):
    found = json.loads(run(tmp_path, "--format", "json").output)
    assert (found["valid"], found["tables"]) == (False, 0)


def test_github_lines_are_those_of_the_file(gallery, monkeypatch):
    monkeypatch.chdir(gallery.folder.parent)
    gallery.replace("data/remarks.csv", "storm,2", "strom,2")
    output = run("gallery", "--format", "github").output
    assert "::error file=gallery/data/remarks.csv,line=5,title=row 4" in output


def test_a_fault_of_our_own_is_one_sentence(monkeypatch):
    def fail(path):
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr("sheetpack.descriptor.load", fail)
    result = run(PACKAGES / "gallery", "--format", "json")
    assert result.exit_code == 2
    (issue,) = json.loads(result.output)["issues"]
    assert issue["code"] == "internal"
    assert "of all things" in issue["message"]


def test_ctrl_c_ends_without_a_traceback(monkeypatch):
    def stop(path):
        raise KeyboardInterrupt

    monkeypatch.setattr("sheetpack.descriptor.load", stop)
    result = run(PACKAGES / "gallery")
    assert (result.exit_code, result.output) == (130, "Stopped.\n")


def test_every_fixture_ends_without_a_traceback():
    for folder in sorted(path for path in PACKAGES.iterdir() if path.is_dir()):
        for format_name in ("text", "json", "markdown", "github"):
            result = run(folder, "--format", format_name)
            assert result.exit_code in (0, 1), folder
            assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_terminal_that_knows_few_characters_gets_them_as_escapes(gallery):
    gallery.replace("data/remarks.csv", "storm,2", "strom,2")
    command = [sys.executable, "-m", "sheetpack", "validate", str(gallery.folder)]
    result = subprocess.run(
        command, capture_output=True, env={"PYTHONIOENCODING": "latin-1", "PYTHONPATH": _source()}
    )
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr
    assert b"\\u201cstrom\\u201d" in result.stdout


def test_help_and_version_need_no_heavy_import():
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from sheetpack.cli import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0\n"
        "assert CliRunner().invoke(main, ['--version']).exit_code == 0\n"
        "assert not {'frictionless', 'openpyxl'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": _source()})


def _source():
    return str(PACKAGES.parent.parent / "scripts")


def test_a_descriptor_in_yaml_is_found_in_this_folder_too(monkeypatch):
    monkeypatch.chdir(PACKAGES / "in_yaml")
    assert run().exit_code == 0
