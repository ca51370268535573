"""The descriptor of a built folder describes what lies there, and no more."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys

import pytest

from sheetpack import build
from sheetpack.exports import FORMATS, USUAL, descriptor
from tests.exports.conftest import OWN, ROOT
from tests.samples import opened, resource, write_package


def described(folder):
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def frictionless(folder):
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_the_plain_frictionless_command_accepts_every_format(own):
    done = frictionless(own)
    assert done.returncode == 0, done.stdout


def test_the_plain_frictionless_command_accepts_the_committed_folder():
    done = frictionless(ROOT / "dist")
    assert done.returncode == 0, done.stdout


def test_the_plain_frictionless_command_finds_a_changed_file(tmp_path):
    path = write_package(tmp_path, [resource("t", ["a"])], {"t.csv": "a\nx\n"})
    build.write(build.products(*opened(path))[0], tmp_path / "dist")
    assert frictionless(tmp_path / "dist").returncode == 0
    with (tmp_path / "dist/sample.xlsx").open("ab") as file:
        file.write(b"more")
    assert frictionless(tmp_path / "dist").returncode == 1


def test_every_file_of_the_folder_is_described_with_its_size_and_fingerprint(own):
    found = {each["path"]: each for each in described(own)["resources"]}
    files = {path.relative_to(own).as_posix() for path in own.rglob("*") if path.is_file()}
    assert found.keys() == files - {"datapackage.json"}
    for path, each in found.items():
        content = (own / path).read_bytes()
        assert each["bytes"] == len(content)
        assert each["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert each["format"] == path.rpartition(".")[2]


def test_a_csv_is_described_by_its_columns(own):
    found = {each["name"]: each for each in described(own)["resources"]}
    fields = {field["name"]: field["type"] for field in found["gephi-edges"]["schema"]["fields"]}
    assert (fields["Source"], fields["Weight"]) == ("string", "integer")


def test_it_says_what_the_package_says_of_itself(own):
    found = described(own)
    for name in ("name", "title", "description", "version", "licenses", "sources", "keywords"):
        assert found[name] == OWN[name]


def test_what_is_committed_describes_what_is_committed_only():
    committed = described(ROOT / "dist")
    assert "sheetpack" not in committed
    assert {each["format"] for each in committed["resources"]} == {"xlsx", "csv"}


def test_it_names_the_formats_where_there_are_others(own, tmp_path):
    assert descriptor.formats_in(own) == [*FORMATS]
    assert descriptor.formats_in(ROOT / "dist") == []
    assert descriptor.formats_in(tmp_path) == []
    (tmp_path / "datapackage.json").write_text("[1]")
    assert descriptor.formats_in(tmp_path) == []


@pytest.mark.parametrize("names", [("Loans!", "loans"), ("workbook", "b")])
def test_names_in_it_are_plain_and_differ(tmp_path, names):
    settings = {"views": [{"name": name, "path": "v.sql"} for name in names]}
    data = {"t.csv": "a\n1\n", "v.sql": "SELECT 1 AS x"}
    path = write_package(tmp_path, [resource("t", ["a"])], data, settings)
    build.write(build.products(*opened(path))[0], tmp_path / "dist")
    found = [each["name"] for each in described(tmp_path / "dist")["resources"]]
    assert len(set(found)) == 3
    assert frictionless(tmp_path / "dist").returncode == 0


def test_the_usual_formats_need_no_setting(tmp_path):
    path = write_package(tmp_path, [resource("t", ["a"])], {"t.csv": "a\n1\n"})
    assert build.formats(opened(path)[0]) == USUAL
