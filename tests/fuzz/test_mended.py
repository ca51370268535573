"""The sentences for what the fuzzer found, and how far they reach."""

from __future__ import annotations

import gzip
import os
import shutil
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner

from sheetpack import notation, rawfile
from sheetpack.cli import main
from tests.conftest import issues_of
from tests.samples import resource, write_package

ROW = b"1,a\n"


def packed(folder, name, rows):
    """A package of one packed CSV with so many rows that are alike."""
    text = b"id,a\n" + ROW * rows
    if name.endswith(".gz"):
        (folder / name).write_bytes(gzip.compress(text))
    else:
        with ZipFile(folder / name, "w", ZIP_DEFLATED) as archive:
            archive.writestr("t.csv", text)
    return write_package(folder, [resource("t", ["id", "a"]) | {"path": name}], {})


@pytest.mark.parametrize("name", ["t.csv.gz", "t.csv.zip"])
@pytest.mark.parametrize(("rows", "codes"), [(998, []), (1_001, ["file-packed-large"])])
def test_a_packed_file_is_read_up_to_what_memory_bears(name, rows, codes, tmp_path, monkeypatch):
    monkeypatch.setattr(rawfile, "LARGEST_UNPACKED", 4_000)
    monkeypatch.setattr(rawfile, "MOST_TIMES_PACKED", 1)
    assert [issue.code for issue in issues_of(packed(tmp_path, name, rows))] == codes


@pytest.mark.parametrize("name", ["t.csv.gz", "t.csv.zip"])
def test_a_packed_file_that_is_large_itself_may_hold_more(name, tmp_path, monkeypatch):
    monkeypatch.setattr(rawfile, "LARGEST_UNPACKED", 4_000)
    monkeypatch.setattr(rawfile, "MOST_TIMES_PACKED", 1_000)
    assert issues_of(packed(tmp_path, name, 1_001)) == []


def test_a_packed_file_that_is_damaged_is_told_as_such(tmp_path):
    path = packed(tmp_path, "t.csv.gz", 9)
    (tmp_path / "t.csv.gz").write_bytes((tmp_path / "t.csv.gz").read_bytes()[:-9])
    assert [issue.code for issue in issues_of(path)] == ["file-unreadable"]


@pytest.mark.parametrize("name", ["datapackage.json", "datapackage.yaml"])
@pytest.mark.parametrize(
    "place", ['"title": "\\udfff"', '"\\ud800": 1', '"a": [{"b": "x\\ud800"}]']
)
def test_half_a_character_is_refused_wherever_it_stands(name, place, tmp_path):
    (tmp_path / name).write_text(f'{{"resources": [], {place}}}')
    assert [issue.code for issue in issues_of(tmp_path / name)] == ["descriptor-half-character"]


def test_two_halves_are_a_character():
    assert notation.from_json(r'"\ud83d\ude00"') == "😀"


def test_names_in_yaml_are_texts_as_they_are_written():
    said = notation.from_yaml("2024-05-01: 1\nyes: 2\n1.0: 3\na: {null: 2024}\n<<: {b: 4}\n")
    assert said == {"2024-05-01": 1, "yes": 2, "1.0": 3, "a": {"null": 2024}, "b": 4}


def test_a_path_that_is_too_long_is_told_with_its_table(tmp_path):
    one = resource("t", ["id"]) | {"path": f"{'x' * 300}.csv"}
    found = issues_of(write_package(tmp_path, [one], {}))
    assert [(issue.code, issue.resource) for issue in found] == [("file-unreadable", "t")]


@pytest.mark.parametrize("format_name", ["text", "json", "markdown", "github"])
def test_what_the_computer_does_not_allow_is_no_fault_of_ours(format_name, tmp_path):
    answer = CliRunner().invoke(main, ["validate", "x" * 9_999, "--format", format_name])
    assert answer.exit_code == 2
    assert "does not allow it" in answer.output


def test_a_folder_that_is_gone_is_told_in_a_sentence(gallery, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    shutil.rmtree(gone)
    called = ["validate", os.fspath(gallery.descriptor), "--format", "github"]
    gallery.write("licence.txt", "")
    gallery.replace("datapackage.json", '"resources"', '"bytes": "x", "resources"')
    for arguments in (called, ["validate", "."]):
        answer = CliRunner().invoke(main, arguments)
        assert answer.exception is None or isinstance(answer.exception, SystemExit)
        assert answer.exit_code in (0, 1, 2)


def test_the_sentence_for_it_has_a_code(tmp_path):
    answer = CliRunner().invoke(main, ["validate", "x" * 9_999, "--format", "json"])
    assert '"code": "system"' in answer.output
