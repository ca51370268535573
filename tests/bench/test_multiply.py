"""The packages that are measured: larger, and as valid as the one they are made from."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from bench.multiply import id_fields, largest, multiply

from sheetpack import descriptor, reading
from sheetpack.checks import check

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("times", [1, 3])
def test_a_multiplied_package_is_valid_with_all_its_rules(tmp_path, times):
    package = descriptor.load(multiply(ROOT / "datapackage.json", times, tmp_path))
    tables = reading.read_all(package)
    assert check(package, tables) == []
    counts = {name: len(table.rows) for name, table in tables.items()}
    once = {one.name: len(_rows(ROOT / one.file)) for one in package.resources}
    codes = package.settings["codes"]["resource"]
    assert counts == {
        name: count if name == codes else times * count for name, count in once.items()
    }


def test_a_package_once_has_the_same_bytes_of_data(tmp_path):
    package = descriptor.load(multiply(ROOT / "datapackage.json", 1, tmp_path))
    for resource in package.resources:
        assert (tmp_path / resource.file).read_bytes() == (ROOT / resource.file).read_bytes()


def test_each_copy_refers_to_itself(tmp_path):
    path = _package(tmp_path / "one", "id,boss\na,\nb,a\n", {"primaryKey": "id", **BOSS})
    multiply(path, 3, tmp_path / "three")
    assert _rows(tmp_path / "three" / "data.csv") == [
        ["a", ""],
        ["b", "a"],
        ["a-2", ""],
        ["b-2", "a-2"],
        ["a-3", ""],
        ["b-3", "a-3"],
    ]


def test_rows_that_nothing_tells_apart_are_not_multiplied(tmp_path):
    path = _package(tmp_path / "one", "id,boss\na,\n", {})
    with pytest.raises(ValueError, match="no id"):
        multiply(path, 2, tmp_path / "two")


def test_ids_are_keys_what_refers_to_them_and_what_is_unique():
    assert id_fields(_descriptor({"primaryKey": "id", **BOSS})) == {
        ("people", "id"),
        ("people", "boss"),
    }


def test_the_largest_table_is_the_first_to_fill_a_sheet():
    package = json.loads((ROOT / "datapackage.json").read_text("utf-8"))
    name, rows = largest(package, ROOT)
    found = {one["name"]: len(_rows(ROOT / one["path"])) for one in package["resources"]}
    assert rows == found[name] == max(found.values())


BOSS = {"foreignKeys": [{"fields": "boss", "reference": {"resource": "", "fields": "id"}}]}


def _descriptor(keys: dict) -> dict:
    fields = [{"name": name, "type": "string"} for name in ("id", "boss")]
    resource = {"name": "people", "path": "data.csv", "schema": {"fields": fields, **keys}}
    return {"name": "some", "resources": [resource]}


def _package(folder: Path, data: str, keys: dict) -> Path:
    folder.mkdir()
    (folder / "data.csv").write_text(data, "utf-8")
    path = folder / "datapackage.json"
    path.write_text(json.dumps(_descriptor(keys)), "utf-8")
    return path


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]
