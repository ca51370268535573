from __future__ import annotations

import json
import shutil

import pytest

from sheetpack.descriptor import load
from sheetpack.issue import Refusal
from tests.conftest import PACKAGES


def refusal_of(path):
    with pytest.raises(Refusal) as caught:
        load(path)
    return caught.value.issues


def test_a_folder_stands_for_the_descriptor_in_it():
    assert load(PACKAGES / "gallery").path == PACKAGES / "gallery" / "datapackage.json"
    assert load(PACKAGES / "in_yaml").path == PACKAGES / "in_yaml" / "datapackage.yaml"


def test_steps_back_on_the_way_to_a_descriptor_leave_no_trace(tmp_path, monkeypatch):
    monkeypatch.chdir(PACKAGES / "gallery" / "data")
    for path in ("..", "../datapackage.json", "../data/../datapackage.json"):
        assert load(path).path == PACKAGES / "gallery" / "datapackage.json"


def test_whether_it_is_yaml_is_told_from_the_name_in_capitals_too(tmp_path):
    shutil.copytree(PACKAGES / "in_yaml", tmp_path, dirs_exist_ok=True)
    path = (tmp_path / "datapackage.yaml").rename(tmp_path / "PACKAGE.YAML")
    assert load(path).title == load(PACKAGES / "in_yaml").title


def test_everything_the_contract_says_is_taken_over():
    package = load(PACKAGES / "gallery")
    paintings = package.resource("paintings")
    assert (package.name, package.title, package.strict) == ("gallery", "A small gallery", False)
    assert paintings.file == "data/paintings.csv"
    assert paintings.primary_key == ("painting_id",)
    assert paintings.unique_keys == (("room", "place"),)
    assert paintings.label_field == "title"
    (key,) = paintings.foreign_keys
    assert (key.fields, key.reference, key.reference_fields) == (
        ("artist",),
        "people",
        ("person_id",),
    )
    assert paintings.field("state").categories == ("whole", "torn")
    assert paintings.field("kind").settings == {"codes": "kinds"}
    assert package.resource("people").field("name").required
    assert [other.name for other in package.others] == ["licence"]


def test_a_field_without_title_is_called_by_its_name():
    assert load(PACKAGES / "gallery").resource("people").field("born").title == "born"


def test_a_reference_to_the_own_table_carries_its_name():
    (key,) = load(PACKAGES / "broken_rows").resource("parents").foreign_keys
    assert key.reference == "parents"


def test_fields_are_guessed_where_there_is_no_schema():
    fields = load(PACKAGES / "without_schema").resource("guessed").fields
    assert [(field.name, field.type) for field in fields] == [
        ("id", "integer"),
        ("day", "date"),
        ("amount", "number"),
    ]


def test_views_come_with_their_files_and_outputs(gallery):
    gallery.replace(
        "datapackage.json",
        '"rules": "rules"',
        '"views": [{"name": "old", "path": "rules/painted-in-lifetime.sql", "link": "Id"}]',
    )
    (view,) = load(gallery.descriptor).views
    assert view.path == gallery.path("rules/painted-in-lifetime.sql")
    assert (view.title, view.outputs, view.settings) == ("old", ("sheet", "csv"), {"link": "Id"})


def test_no_descriptor_is_told_with_its_path(tmp_path):
    (issue,) = refusal_of(tmp_path / "nothing.json")
    assert issue.code == "descriptor-missing"
    assert "nothing.json" in issue.message


def test_a_file_of_another_kind_is_said_to_be_no_descriptor():
    with pytest.raises(Refusal) as refused:
        load(PACKAGES / "gallery/data/people.csv")
    (issue,) = refused.value.issues
    assert (issue.code, issue.file) == ("descriptor-kind", "people.csv")


def test_a_folder_without_a_descriptor_is_told(tmp_path):
    assert [issue.code for issue in refusal_of(tmp_path)] == ["descriptor-not-in-folder"]


@pytest.mark.parametrize(
    ("name", "content", "code", "fact"),
    [
        ("datapackage.json", b'{"name": "a",\n "b"}', "descriptor-syntax", "line 2"),
        ("datapackage.json", b"", "descriptor-syntax", "line 1"),
        ("datapackage.yaml", b"name: a\n  b: c: d\n", "descriptor-syntax", "line 2"),
        ("datapackage.json", b'{"name": "caf\xe9"}', "descriptor-encoding", "byte 14"),
        ("datapackage.json", b"[]", "descriptor-shape", "datapackage.json"),
        ("datapackage.json", b"7", "descriptor-shape", "datapackage.json"),
        ("datapackage.yaml", b"- a\n", "descriptor-shape", "datapackage.yaml"),
        ("datapackage.json", b"[" * 100_000, "descriptor-deep", "datapackage.json"),
        ("datapackage.json", b'{"resources": []}', "descriptor-no-tables", "datapackage.json"),
        ("datapackage.json", b"{}", "descriptor-invalid", "resources"),
        ("datapackage.json", b'{"resources": "all"}', "descriptor-invalid", "resources"),
        ("datapackage.json", b'{"resources": [7]}', "descriptor-invalid", "resources"),
        ("datapackage.json", b'{"resources": [{"name": "a"}]}', "descriptor-invalid", "path"),
    ],
)
def test_a_descriptor_that_is_none_is_told(tmp_path, name, content, code, fact):
    (tmp_path / name).write_bytes(content)
    issue = refusal_of(tmp_path / name)[0]
    assert issue.code == code
    assert fact in issue.message


def test_what_has_no_name_is_told_by_its_number(tmp_path):
    fields = [{"name": "a"}, {"type": "string"}]
    tables = [{"name": "t", "path": "t.csv", "schema": {"fields": fields}}, {"path": "u.csv"}]
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": tables}))
    column, table = refusal_of(tmp_path)
    assert "(in column number 2 of the table “t”)" in column.message
    assert "(in table number 2)" in table.message


def test_a_profile_that_cannot_be_fetched_is_said_to_lie_elsewhere(tmp_path):
    said = {
        "profile": "http://127.0.0.1:9/profile.json",
        "resources": [{"name": "t", "path": "t.csv"}],
    }
    (tmp_path / "datapackage.json").write_text(json.dumps(said))
    (issue,) = refusal_of(tmp_path)
    assert issue.code == "descriptor-elsewhere"
    assert said["profile"] in issue.message


def test_a_descriptor_that_cannot_be_opened_is_told(tmp_path, monkeypatch):
    path = tmp_path / "datapackage.json"
    path.write_text("{}")

    def forbid(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", forbid)
    (issue,) = refusal_of(path)
    assert issue.code == "descriptor-unreadable"
    assert "Permission denied" in issue.message


@pytest.mark.parametrize(
    "change",
    [
        {"fields": ["a"]},
        {"fields": 7},
        {"fields": [{"type": "string"}]},
        {"foreignKeys": [7]},
        {"foreignKeys": [{"fields": "b", "reference": {"resource": "x", "fields": "y"}}]},
        {"primaryKey": 7},
        {"missingValues": [7]},
        {"fields": [{"name": "a", "type": "string", "constraints": {"enum": 7}}]},
        {"fields": [{"name": "a", "type": "string", "categories": [{"label": "A"}]}]},
        {"fields": [{"name": "a", "type": "string", "format": 7}]},
        {"uniqueKeys": {"a": 1}},
    ],
    ids=str,
)
def test_nonsense_in_a_schema_is_refused_in_words(tmp_path, change):
    schema = {"fields": [{"name": "a", "type": "string"}]} | change
    descriptor = {"name": "p", "resources": [{"name": "a", "path": "a.csv", "schema": schema}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    for issue in refusal_of(tmp_path):
        assert issue.code.startswith("descriptor-")


def test_one_fault_in_the_descriptor_does_not_hide_another(gallery):
    gallery.replace("datapackage.json", '"rules": "rules"', '"rule": "rules", "strict": 7')
    gallery.replace("datapackage.json", '{"group": "reference"}', '{"groups": "reference"}')
    codes = [issue.code for issue in refusal_of(gallery.descriptor)]
    assert codes == ["setting-unknown", "setting-kind", "setting-unknown"]


def test_a_mark_that_windows_puts_before_a_text_does_no_harm(gallery):
    text = gallery.path("datapackage.json").read_text(encoding="utf-8")
    gallery.write("datapackage.json", text.encode("utf-8-sig"))
    assert gallery.issues() == []
