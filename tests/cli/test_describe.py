from __future__ import annotations

from click.testing import CliRunner

from sheetpack import catalogue
from sheetpack.cli import main


def run(*arguments):
    return CliRunner().invoke(main, ["describe", *map(str, arguments)])


def test_the_page_is_written_and_then_current(gallery, tmp_path):
    page = tmp_path / "docs/page.md"
    assert run(page, "--package", gallery.folder).exit_code == 0
    assert run(page, "--package", gallery.folder, "--check").exit_code == 0


def test_a_changed_descriptor_makes_the_page_stale(gallery, tmp_path):
    page = tmp_path / "page.md"
    run(page, "--package", gallery.folder)
    before = page.read_bytes()
    gallery.replace(
        "datapackage.json", '"name": "size", "type"', '"name": "size", "title": "How big", "type"'
    )
    result = run(
        page,
        "--package",
        gallery.folder,
        "--check",
    )
    assert (result.exit_code, page.read_bytes()) == (1, before)
    assert catalogue.messages()["page-stale"]["message"] in result.output
    assert "page.md" in result.output


def test_a_file_that_the_command_did_not_make_is_never_replaced(gallery):
    for name in ("datapackage.json", "data/people.csv"):
        page = gallery.path(name)
        before = page.read_bytes()
        result = run(page, "--package", gallery.folder)
        assert (result.exit_code, page.read_bytes()) == (2, before)
        assert catalogue.messages()["page-not-ours"]["message"] in result.output


def test_a_page_that_is_missing_is_not_current(gallery, tmp_path):
    assert run(tmp_path / "page.md", "--package", gallery.folder, "--check").exit_code == 1


def test_code_lists_that_cannot_be_read_are_told(gallery, tmp_path):
    codes = next((gallery.folder / "data").glob("*code*"))
    codes.write_bytes(b"")
    result = run(tmp_path / "page.md", "--package", gallery.folder)
    assert result.exit_code == 1
    assert codes.name in result.output
    assert not (tmp_path / "page.md").exists()


def test_a_package_without_code_lists_has_a_page_too(copy_of, tmp_path):
    folder = copy_of("workbook-bare").folder
    assert run(tmp_path / "page.md", "--package", folder).exit_code == 0
    assert "Code lists" not in (tmp_path / "page.md").read_text(encoding="utf-8")


def test_a_reference_to_a_table_that_is_not_there_does_no_harm(gallery, tmp_path):
    text = gallery.path("datapackage.json").read_text(encoding="utf-8")
    assert '"resource": "people"' in text
    gallery.write("datapackage.json", text.replace('"resource": "people"', '"resource": "nobody"'))
    assert run(tmp_path / "page.md", "--package", gallery.folder).exit_code == 0
