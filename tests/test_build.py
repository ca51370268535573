"""`sheetpack build`: what it writes, what it says, and what it leaves alone."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from sheetpack import build
from sheetpack.cli import main
from sheetpack.exports import descriptor
from tests.samples import PACKAGES, opened, resource, write_package

FILES = [
    "csv/busiest.csv",
    "csv/loans-by-person.csv",
    "datapackage.json",
    "workbook-library.xlsx",
]


@pytest.fixture
def library(tmp_path):
    """A copy of a package, to be changed at will."""
    return Path(shutil.copytree(PACKAGES / "workbook-library", tmp_path / "library"))


def run(folder, *arguments):
    return CliRunner().invoke(main, ["build", "--package", str(folder), *map(str, arguments)])


def files_in(folder):
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(found)


def replace(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def problems_of(result):
    """Code → the issue, of a run with --format json."""
    return {issue["code"]: issue for issue in json.loads(result.stdout)["issues"]}


def test_a_build_writes_the_workbook_and_a_csv_for_each_view(library):
    result = run(library)
    assert result.exit_code == 0, result.output
    assert files_in(library / "dist") == FILES


def test_a_build_says_where_its_files_are_and_how_many_rows_they_hold(library):
    lines = run(library).stdout.splitlines()
    assert len(lines) == 4
    assert "workbook-library.xlsx" in lines[0]
    assert "7 sheets" in lines[0]
    assert "12 rows" in lines[0]
    assert "loans-by-person.csv" in lines[1]
    assert "3 rows" in lines[1]
    assert lines[3].endswith("datapackage.json")


def test_a_quiet_build_says_nothing(library):
    assert run(library, "--quiet").output == ""


def test_the_files_can_go_to_another_folder(library, tmp_path):
    assert run(library, "--output", tmp_path / "a" / "b").exit_code == 0
    assert files_in(tmp_path / "a" / "b") == FILES
    assert not (library / "dist").exists()


def test_a_second_build_changes_no_byte(library):
    run(library)
    before = {name: (library / "dist" / name).read_bytes() for name in FILES}
    run(library)
    assert before == {name: (library / "dist" / name).read_bytes() for name in FILES}


def test_nothing_is_written_while_the_data_has_problems(library):
    replace(library / "data/loans.csv", "loan-1,odyssey", "loan-1,iliad")
    result = run(library)
    assert result.exit_code == 1
    assert "iliad" in result.output
    assert not (library / "dist").exists()


def test_nothing_is_written_where_a_view_cannot_be_run(library):
    replace(library / "views/busiest.sql", "count(*) AS", "nothing AS")
    result = run(library)
    assert result.exit_code == 2
    assert "views/busiest.sql" in result.output
    assert not (library / "dist").exists()


def test_notes_do_not_keep_a_build_from_its_work(tmp_path):
    path = write_package(tmp_path, [resource("t", ["a"])], {"t.csv": "a\n x\n"})
    result = run(path)
    assert result.exit_code == 0
    assert "note" in result.stderr
    assert (tmp_path / "dist/sample.xlsx").exists()


def test_a_current_folder_passes_the_check(library):
    run(library)
    result = run(library, "--check")
    assert (result.exit_code, "is what the data gives" in result.stdout) == (0, True)


def test_a_check_writes_nothing(library):
    assert run(library, "--check").exit_code == 1
    assert not (library / "dist").exists()


def test_a_check_names_files_that_are_missing(library):
    found = problems_of(run(library, "--check", "--format", "json"))
    assert set(found) == {"dist-missing"}


def test_a_check_names_the_sheet_that_differs(library):
    run(library)
    replace(library / "data/people.csv", "Ada Reader", "Ada Writer")
    result = run(library, "--check")
    assert result.exit_code == 1
    assert "“People”" in result.stdout
    assert "“Who has what”" in result.stdout
    assert "“Books”" not in result.stdout
    found = json.loads(run(library, "--check", "--format", "json").stdout)["issues"]
    assert [(issue["code"], Path(issue["file"]).name) for issue in found] == [
        ("dist-differs", "workbook-library.xlsx"),
        ("dist-differs", "loans-by-person.csv"),
        ("dist-differs", "busiest.csv"),
        ("dist-differs", "datapackage.json"),
    ]


def recompressed(path):
    """The same parts in another order, not compressed."""
    other = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for entry in reversed(old.infolist()):
            new.writestr(entry.filename, old.read(entry))
    return other.getvalue()


def test_a_check_does_not_mind_how_the_parts_are_compressed(library):
    run(library)
    name = Path("workbook-library.xlsx")
    path = library / "dist" / name
    path.write_bytes(recompressed(path))
    about = library / "dist/datapackage.json"
    about.write_bytes(descriptor.adjusted(about.read_bytes(), {name: path}))
    assert run(library, "--check").exit_code == 0


def test_a_check_finds_a_file_that_is_not_the_one_described(library):
    run(library)
    path = library / "dist/workbook-library.xlsx"
    path.write_bytes(recompressed(path))
    found = problems_of(run(library, "--check", "--format", "json"))
    assert set(found) == {"dist-differs"}
    assert found["dist-differs"]["file"].endswith("datapackage.json")


def test_a_check_finds_a_part_too_many(library):
    run(library)
    with zipfile.ZipFile(library / "dist/workbook-library.xlsx", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    result = run(library, "--check")
    assert result.exit_code == 1
    assert "xl/vbaProject.bin" in result.stdout


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 cut off"])
def test_a_check_of_a_damaged_workbook_says_so(library, content):
    run(library)
    (library / "dist/workbook-library.xlsx").write_bytes(content)
    result = run(library, "--check", "--format", "json")
    assert result.exit_code == 1
    assert set(problems_of(result)) == {"dist-damaged"}


def test_a_csv_of_a_view_that_went_away_is_named_and_left_alone(library):
    run(library)
    stale = library / "dist/csv/old.csv"
    stale.write_text("somebody's")
    check = run(library, "--check", "--format", "json")
    assert (check.exit_code, set(problems_of(check))) == (1, {"dist-stale"})
    assert problems_of(check)["dist-stale"]["file"].endswith("old.csv")
    again = run(library)
    assert (again.exit_code, "old.csv" in again.stderr) == (0, True)
    assert stale.read_text() == "somebody's"


def test_a_file_in_place_of_the_folder_is_refused(library):
    (library / "dist").write_text("a file")
    result = run(library, "--format", "json")
    assert result.exit_code == 2
    assert set(problems_of(result)) == {"dist-not-folder"}
    assert (library / "dist").read_text() == "a file"


def test_a_folder_in_place_of_the_workbook_is_refused_and_nothing_else_written(library):
    (library / "dist/workbook-library.xlsx").mkdir(parents=True)
    assert run(library).exit_code == 2
    assert files_in(library / "dist") == []


def test_a_workbook_that_somebody_saved_since_is_not_replaced(library):
    run(library)
    path = library / "dist/workbook-library.xlsx"
    workbook = openpyxl.load_workbook(path)
    workbook["People"]["B2"] = "Somebody's correction"
    workbook.save(path)
    edited = path.read_bytes()
    result = run(library, "--format", "json")
    assert result.exit_code == 2
    assert "dist-edited" in problems_of(result)
    assert path.read_bytes() == edited


def test_a_file_that_is_no_workbook_is_not_replaced_either(library):
    (library / "dist").mkdir()
    path = library / "dist/workbook-library.xlsx"
    path.write_bytes(b"a letter")
    assert run(library).exit_code == 2
    assert path.read_bytes() == b"a letter"


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is forbidden to this user"
)
def test_a_folder_that_cannot_be_written_is_refused(library):
    (library / "dist").mkdir(mode=0o500)
    result = run(library)
    assert result.exit_code == 2
    assert "workbook-library.xlsx" in result.output


def test_a_folder_below_a_file_cannot_be_written(library):
    result = run(library, "--output", library / "datapackage.json" / "dist")
    assert result.exit_code == 2
    assert "workbook-library.xlsx" in result.output
    assert len(result.output.splitlines()) < 6


def test_formulas_in_a_csv_are_refused_where_the_package_is_strict(library):
    replace(library / "views/busiest.sql", '"Reader", count(*)', "'=' || \"Reader\", count(*)")
    result = run(library, "--format", "json")
    assert result.exit_code == 2
    assert set(problems_of(result)) == {"csv-formula"}
    assert not (library / "dist").exists()


def test_formulas_in_a_csv_are_noted_where_it_is_not(library):
    replace(library / "datapackage.json", '"strict": true', '"strict": false')
    replace(library / "views/busiest.sql", '"Reader", count(*)', "'=' || \"Reader\", count(*)")
    result = run(library)
    assert result.exit_code == 0
    assert "busiest.sql" in result.stderr
    assert "=Ada Reader" in (library / "dist/csv/busiest.csv").read_text("utf-8-sig")


def test_a_note_on_a_view_can_be_an_annotation(library):
    replace(library / "datapackage.json", '"strict": true', '"strict": false')
    replace(library / "views/busiest.sql", '"Reader", count(*)', "'=' || \"Reader\", count(*)")
    result = run(library, "--format", "github")
    assert result.exit_code == 0
    assert "::warning file=" in result.stdout


@pytest.mark.parametrize("names", [("a b", "a-b"), ("Loans!", "loans-")])
def test_two_views_that_would_share_a_file_are_refused(tmp_path, names):
    settings = {"views": [{"name": name, "path": "v.sql"} for name in names]}
    data = {"t.csv": "a\n1\n", "v.sql": "SELECT 1 AS x"}
    path = write_package(tmp_path, [resource("t", ["a"])], data, settings)
    result = run(path, "--format", "json")
    assert (result.exit_code, "view-same-file" in problems_of(result)) == (2, True)
    assert not (tmp_path / "dist").exists()


def test_a_workbook_with_damaged_contents_is_said_to_be_damaged(library):
    run(library)
    path = library / "dist/workbook-library.xlsx"
    data = bytearray(path.read_bytes())
    data[60:400] = bytes(340)
    path.write_bytes(bytes(data))
    assert run(library, "--check").exit_code == 1


def test_no_name_leads_out_of_the_folder(tmp_path):
    settings = {"views": [{"name": "../../out", "path": "v.sql"}]}
    data = {"t.csv": "a\n", "v.sql": "SELECT 1 AS b"}
    inner = tmp_path / "inner"
    inner.mkdir()
    path = write_package(inner, [resource("t", ["a"])], data, settings)
    made, _ = build.products(*opened(path))
    assert all(".." not in product.path.parts for product in made)
    build.write(made, inner / "dist")
    assert files_in(tmp_path) == sorted(
        ["inner/datapackage.json", "inner/t.csv", "inner/v.sql"]
        + [f"inner/dist/{product.path.as_posix()}" for product in made]
    )


@pytest.mark.parametrize("name", ["workbook-bare", "workbook-types", "dialects", "in_yaml"])
def test_a_package_without_settings_gets_a_workbook(name, tmp_path):
    result = run(PACKAGES / name, "--output", tmp_path)
    assert result.exit_code == 0, result.output
    (workbook,) = tmp_path.glob("*.xlsx")
    assert openpyxl.load_workbook(workbook).sheetnames[0] == "Start here"
