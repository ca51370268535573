from __future__ import annotations

import csv
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetpack import files
from sheetpack.descriptor import load
from sheetpack.formatting import changes
from sheetpack.issue import Refusal
from sheetpack.reading import read_all
from tests.conftest import PACKAGES, issues_of


def formatted(package):
    files.write_all(changes(load(package.folder)))


def test_a_package_in_its_canonical_form_is_not_touched():
    assert changes(load(PACKAGES / "gallery")) == {}


def test_only_files_that_need_it_are_rewritten(gallery):
    gallery.replace("data/remarks.csv", "Sold", '"Sold"')
    assert list(changes(load(gallery.folder))) == [gallery.path("data/remarks.csv")]


def test_after_formatting_nothing_is_left_to_format(copy_of):
    package = copy_of("dialects")
    formatted(package)
    assert changes(load(package.folder)) == {}
    assert not [issue for issue in package.issues() if issue.code == "untidy-file"]


@pytest.mark.parametrize("name", ["dialects", "matching", "broken_rows", "without_schema"])
def test_no_value_changes(copy_of, name):
    package = copy_of(name)
    before = read_all(load(package.folder))
    formatted(package)
    after = read_all(load(package.folder))
    assert {name: table.rows for name, table in before.items()} == {
        name: table.rows for name, table in after.items()
    }


def test_columns_move_to_the_order_of_the_fields_and_others_follow(copy_of):
    package = copy_of("matching")
    formatted(package)
    assert package.path("equal.csv").read_text() == "id,name,note\n1,a,n\nx,b,\n"
    assert package.path("subset.csv").read_text().startswith("id,name,note,extra\n1,a,n,e\n")


def test_a_declared_delimiter_and_encoding_are_kept(copy_of):
    package = copy_of("dialects")
    formatted(package)
    assert package.path("latin.csv").read_bytes() == (
        "ort;preis;da\nKöln;1.200,50;ja\nZürich;k. A.;nein\n".encode("latin-1")
    )


def test_parts_compressed_files_and_workbooks_are_left_alone(copy_of):
    for name in ("parts", "without_files"):
        package = copy_of(name)
        formatted(package)
        assert changes(load(package.folder)) == {}


def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_written(gallery):
    gallery.replace("data/remarks.csv", "Sold", '"Sold"')
    gallery.replace("data/people.csv", "person_id,name", "person_id,nome")
    before = gallery.path("data/remarks.csv").read_bytes()
    with pytest.raises(Refusal) as caught:
        formatted(gallery)
    assert {issue.resource for issue in caught.value.issues} == {"people"}
    assert gallery.path("data/remarks.csv").read_bytes() == before


def test_a_file_in_a_guessed_encoding_is_refused(gallery):
    gallery.write("data/codes.csv", "list,code,label\nkinds,oil,Öl\n".encode("latin-1"))
    with pytest.raises(Refusal) as caught:
        changes(load(gallery.folder))
    assert [issue.code for issue in caught.value.issues] == ["untidy-encoding"]


def test_a_file_whose_quotation_marks_do_not_match_is_refused(gallery):
    gallery.replace("data/remarks.csv", "Framed", '"Framed')
    with pytest.raises(Refusal) as caught:
        changes(load(gallery.folder))
    assert [(issue.code, issue.row) for issue in caught.value.issues] == [("untidy-quotes", 3)]


def test_a_file_that_would_be_read_differently_is_refused(gallery, monkeypatch):
    gallery.replace("data/codes.csv", "kinds,oil", '"kinds",oil')
    monkeypatch.setattr("sheetpack.canonical.form", lambda *arguments: b"list;code;label\n")
    with pytest.raises(Refusal) as caught:
        changes(load(gallery.folder))
    assert {issue.code for issue in caught.value.issues} == {"format-unsafe"}


def test_every_fixture_reads_alike_before_and_after(copy_of):
    for folder in sorted(path for path in PACKAGES.iterdir() if path.is_dir()):
        package = copy_of(folder.name)
        descriptor = next(package.folder.glob("datapackage.*"))
        try:
            files.write_all(changes(load(descriptor)))
        except Refusal:
            continue
        tidy = ("untidy-file",)
        before = [i for i in issues_of(folder / descriptor.name) if i.code not in tidy]
        assert [i.code for i in before] == [i.code for i in issues_of(descriptor)]


cells = st.text(st.characters(codec="utf-8"))


@pytest.mark.parametrize("dialect", [{"delimiter": ","}, {}], ids=["declared", "guessed"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_any_text_is_read_the_same_after_formatting_or_is_refused(tmp_path, dialect, rows):
    fields = [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}]
    resource = {"name": "r", "path": "r.csv", "dialect": dialect, "schema": {"fields": fields}}
    descriptor = {"name": "p", "resources": [resource]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    with (tmp_path / "r.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([("a", "b"), *rows])
    before = read_all(load(tmp_path))["r"].rows
    try:
        files.write_all(changes(load(tmp_path)))
    except Refusal:
        assert not dialect
        return
    assert read_all(load(tmp_path))["r"].rows == before
    if dialect:
        assert [row.raw for row in before] == rows
