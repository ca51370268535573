"""What the reference loader of Croissant makes of the file."""

from __future__ import annotations

import csv
import json

import mlcroissant
import pytest

from sheetpack import descriptor, metadata
from tests.conftest import PACKAGES
from tests.samples import resource

SERVED = ["gallery", "island", "workbook-library", "workbook-types", "dialects", "parts"]


def loaded(folder, content):
    """The reference loader's view of a file; it raises where the file is not valid."""
    path = folder / "croissant.json"
    path.write_bytes(content)
    return mlcroissant.Dataset(str(path))


@pytest.mark.parametrize("name", SERVED)
def test_every_table_is_loaded_row_by_row(copy_of, name):
    folder = copy_of(name).folder
    content = metadata.files(descriptor.load(folder), folder)["croissant.json"]
    dataset = loaded(folder, content)
    for table in dataset.metadata.record_sets:
        file = folder / table.fields[0].source.file_object.removeprefix("files/")
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))[1:]
        assert len(list(dataset.records(table.uuid))) == len(rows)


def test_cells_arrive_with_their_types_and_their_leading_noughts(made):
    fields = ["code", {"name": "n", "type": "integer"}, {"name": "x", "type": "number"}]
    data = {"t.csv": "code,n,x\n042,1,0.5\nNürnberg,,\n"}
    file = made([resource("t", fields)], data)
    first, second = loaded(file.folder, file.content["croissant.json"]).records("tables/t")
    assert list(first.values()) == [b"042", 1, 0.5]
    assert second["tables/t/code"] == "Nürnberg".encode()


def test_names_with_any_character_make_identifiers(made):
    fields = ["a b", "ü/x", "sc:y", "z%"]
    file = made([resource("t", fields)], {"t.csv": "a b,ü/x,sc:y,z%\n1a,2a,3a,4a\n"})
    (row,) = loaded(file.folder, file.content["croissant.json"]).records("tables/t")
    assert list(row.values()) == [b"1a", b"2a", b"3a", b"4a"]


@pytest.mark.parametrize(
    "more",
    [
        {"dialect": {"delimiter": ";"}},
        {"dialect": {"header": False}},
        {"dialect": {"commentChar": "#"}},
        {"encoding": "latin-1"},
    ],
)
def test_a_table_that_a_loader_would_misread_is_listed_as_a_file_only(made, more):
    file = made([resource("t", ["a"], **more)])
    document = file.json("croissant.json")
    assert document["recordSet"] == []
    assert [each["contentUrl"] for each in document["distribution"]] == ["t.csv"]


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ({"type": "date"}, "sc:Date"),
        ({"type": "date", "format": "%d.%m.%Y"}, "sc:Text"),
        ({"type": "boolean"}, "sc:Boolean"),
        ({"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}, "sc:Text"),
        ({"type": "number", "decimalChar": ","}, "sc:Text"),
        ({"type": "integer", "missingValues": ["", "-"]}, "sc:Text"),
        ({"type": "string", "format": "uri"}, "sc:URL"),
        ({"type": "geopoint"}, "sc:Text"),
    ],
)
def test_a_column_has_a_type_where_its_cells_are_written_in_the_usual_way(made, field, kind):
    file = made([resource("t", [{"name": "a"} | field])], {"t.csv": "a\n"})
    (column,) = file.json("croissant.json")["recordSet"][0]["field"]
    assert column["dataType"] == kind


def test_what_the_descriptor_says_of_responsible_use_is_passed_on(made):
    document = made(**{"rai:dataLimitations": "Two towns only."}).json("croissant.json")
    assert document["rai:dataLimitations"] == "Two towns only."
    assert len(document["conformsTo"]) == 2


def test_every_fixture_that_can_be_opened_makes_a_valid_file(tmp_path):
    for path in sorted(PACKAGES.glob("*/datapackage.json")):
        try:
            content = metadata.files(descriptor.load(path), path.parent)["croissant.json"]
        except descriptor.Refusal:
            continue
        assert not mlcroissant.Dataset(json.loads(content)).metadata.ctx.issues.errors, path
