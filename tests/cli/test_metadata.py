from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from sheetpack import catalogue
from sheetpack.cli import main

ROOT = Path(__file__).parents[2]
FILES = ["CITATION.cff", ".zenodo.json", "croissant.json", "dataset.jsonld"]


def run(*arguments):
    return CliRunner().invoke(main, ["metadata", *map(str, arguments)])


def test_all_files_are_written_and_then_current(gallery, tmp_path):
    folder = tmp_path / "out"
    assert run(folder, "--package", gallery.folder).exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert run(folder, "--package", gallery.folder, "--check").exit_code == 0


def test_a_changed_cell_makes_them_stale_and_they_are_renewed(gallery):
    run(gallery.folder, "--package", gallery.folder)
    path = next((gallery.folder / "data").glob("people.csv"))
    path.write_bytes(path.read_bytes() + b"\n")
    result = run(gallery.folder, "--package", gallery.folder, "--check")
    assert result.exit_code == 1
    assert catalogue.messages()["metadata-stale"]["message"] in result.output
    assert run(gallery.folder, "--package", gallery.folder).exit_code == 0
    assert run(gallery.folder, "--package", gallery.folder, "--check").exit_code == 0


def test_what_somebody_else_wrote_is_never_replaced(gallery):
    for name in ("CITATION.cff", ".zenodo.json"):
        gallery.write(name, "mine")
        result = run(gallery.folder, "--package", gallery.folder)
        assert (result.exit_code, gallery.path(name).read_text()) == (2, "mine")
        assert catalogue.messages()["metadata-not-ours"]["message"] in result.output
        assert not gallery.path("croissant.json").exists()
        gallery.path(name).unlink()


def test_a_data_file_that_is_absent_is_told_in_a_sentence(gallery):
    gallery.path("data/people.csv").unlink()
    result = run(gallery.folder, "--package", gallery.folder)
    assert result.exit_code == 2
    assert "metadata-file" in catalogue.messages()
    assert "people.csv" in result.output
    assert "Traceback" not in result.output


def test_the_committed_files_are_what_the_descriptor_and_the_data_give():
    result = run(ROOT, "--package", ROOT, "--check")
    assert result.exit_code == 0, result.output
