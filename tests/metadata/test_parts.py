from __future__ import annotations

import hashlib

import pytest

from sheetpack import descriptor
from sheetpack.issue import Refusal
from sheetpack.metadata.parts import parts
from tests.conftest import PACKAGES
from tests.samples import resource


def test_a_file_has_its_size_and_its_fingerprint(made):
    (file,) = made(data={"t.csv": "a\nü\n"}).json("dataset.jsonld")["distribution"]
    assert file["contentSize"] == "5 B"
    assert file["sha256"] == hashlib.sha256("a\nü\n".encode()).hexdigest()


def test_an_address_leads_from_the_folder_of_the_metadata_to_the_file(tmp_path):
    package = descriptor.load(PACKAGES / "gallery")
    addresses = [part.address for part in parts(package, package.folder / "docs" / "deep")]
    assert "../../data/people.csv" in addresses


def test_every_part_of_a_table_in_parts_is_listed():
    package = descriptor.load(PACKAGES / "parts")
    assert [part.address for part in parts(package, package.folder)] == ["one.csv", "two.csv"]


def test_data_on_the_net_is_listed_and_not_fetched(made):
    one = resource("t", ["a"], path="https://nowhere.invalid/t.csv")
    (file,) = made([one]).json("dataset.jsonld")["distribution"]
    assert file["contentUrl"] == "https://nowhere.invalid/t.csv"
    assert "sha256" not in file


def test_a_file_on_the_net_has_the_fingerprint_that_the_descriptor_states(made):
    one = resource("t", ["a"], path="https://nowhere.invalid/t.csv", hash=f"sha256:{'0' * 64}")
    (file,) = made([one]).json("croissant.json")["distribution"]
    assert (file["contentUrl"], file["sha256"]) == ("https://nowhere.invalid/t.csv", "0" * 64)


def test_croissant_allows_no_file_without_a_fingerprint(made):
    one = resource("t", ["a"], path="https://nowhere.invalid/t.csv")
    document = made([one]).json("croissant.json")
    assert document["distribution"] == document["recordSet"] == []


def test_rows_inside_the_descriptor_are_no_file(made):
    one = {"name": "t", "data": [{"a": "x"}], "schema": {"fields": [{"name": "a"}]}}
    assert made([one]).json("dataset.jsonld")["distribution"] == []


def test_a_file_that_is_absent_is_named(made):
    with pytest.raises(Refusal) as refusal:
        made(data={"other.csv": "a\n"})
    (issue,) = refusal.value.issues
    assert (issue.code, issue.file) == ("metadata-file", "t.csv")
