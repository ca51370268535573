"""The metadata of this repository's own package, as its readers read it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import mlcroissant
import pytest
import yaml
from pyld import jsonld

ROOT = Path(__file__).parents[2]
DESCRIPTOR = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))


def committed(name):
    return json.loads((ROOT / name).read_text(encoding="utf-8"))


def test_the_command_of_croissant_finds_no_fault():
    command = [Path(sys.executable).with_name("mlcroissant"), "validate", "--jsonld"]
    answer = subprocess.run([*command, ROOT / "croissant.json"], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    assert "Done." in answer.stderr
    assert "WARNING" not in answer.stderr.upper().replace("WARNING: ALL LOG", "")


@pytest.mark.parametrize("resource", DESCRIPTOR["resources"], ids=lambda each: each["name"])
def test_croissant_loads_every_table(resource):
    dataset = mlcroissant.Dataset(str(ROOT / "croissant.json"))
    with (ROOT / resource["path"]).open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    found = list(dataset.records(f"tables/{resource['name']}"))
    assert len(found) == len(rows)
    key = resource["schema"]["primaryKey"]
    first = key if isinstance(key, str) else key[0]
    cells = [row[f"tables/{resource['name']}/{first}"] for row in found]
    assert [cell.decode() for cell in cells] == [row[header.index(first)] for row in rows]


@pytest.mark.parametrize("name", ["croissant.json", "dataset.jsonld"])
def test_linked_data_expands_without_the_net(name):
    (dataset,) = jsonld.expand(committed(name))
    assert dataset["@type"] == ["https://schema.org/Dataset"]


def test_the_version_is_the_same_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    found = {citation["version"]}
    for name in (".zenodo.json", "croissant.json", "dataset.jsonld"):
        found.add(committed(name)["version"])
    assert found == {DESCRIPTOR["version"]}


def test_every_data_file_is_listed_with_its_fingerprint():
    files = committed("dataset.jsonld")["distribution"]
    assert [file["contentUrl"] for file in files] == [
        resource["path"] for resource in DESCRIPTOR["resources"]
    ]
    assert all(len(file["sha256"]) == 64 for file in files)


def test_every_file_names_the_licence():
    page = DESCRIPTOR["licenses"][0]["path"]
    assert committed("dataset.jsonld")["license"] == committed("croissant.json")["license"] == page
    assert committed(".zenodo.json")["license"] == "cc-by-4.0"
