"""The fingerprint of a workbook: over every part, and over all that its cells mean."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack import descriptor
from sheetpack.workbook.fingerprint import CONTENT, PROPERTY, Fingerprint, contract, origin
from sheetpack.workbook.model import NO_ORIGIN, Origin
from tests.samples import resource, write_package

NAMES = st.text("abc/.", min_size=1, max_size=6)
PARTS = st.dictionaries(NAMES, st.lists(st.binary(max_size=6), max_size=3), max_size=4)
ORIGINS = st.builds(Origin, st.text("0123456789abcdef", max_size=64), st.integers(0, 10**9 - 1))


def printed(parts, source=NO_ORIGIN):
    seen = Fingerprint()
    for name, pieces in parts.items():
        assert b"".join(seen.passed(name, pieces)) == b"".join(pieces)
    return seen.content(source)


@given(parts=PARTS, source=ORIGINS, data=st.data())
def test_neither_the_order_of_the_parts_nor_their_pieces_count(parts, source, data):
    shuffled = data.draw(st.permutations(list(parts)))
    whole = {name: [b"".join(parts[name])] for name in shuffled}
    assert printed(whole, source) == printed(parts, source)


@given(parts=PARTS, source=ORIGINS, other=PARTS, another=ORIGINS)
def test_any_other_name_content_or_origin_gives_another_one(parts, source, other, another):
    joined = [{name: b"".join(pieces) for name, pieces in each.items()} for each in (parts, other)]
    alike = joined[0] == joined[1] and source == another
    assert (printed(parts, source) == printed(other, another)) is alike


@given(parts=PARTS, source=ORIGINS)
def test_it_says_the_origin_and_fits_what_excel_keeps_of_a_property(parts, source):
    content = printed(parts, source)
    assert origin(content) == source
    value = content.decode().partition("<vt:lpwstr>")[2].partition("<")[0]
    assert len(value) <= 255


@pytest.mark.parametrize("value", ["", "a b", "zz 1 " + 64 * "a", "ab 1 " + 63 * "a"])
def test_what_is_no_fingerprint_says_nothing(value):
    assert origin(CONTENT.format(name=PROPERTY, value=value).encode()) is None
    assert origin(CONTENT.format(name="Mine", value="ab 1 " + 64 * "a").encode()) is None


def of(folder, *resources, data=None, **metadata):
    data = data or {"t.csv": "a,b\n1,2\n", "u.csv": "a,b\n1,2\n"}
    return contract(descriptor.load(write_package(folder, resources, data, **metadata)))


def test_the_contract_is_another_one_where_a_cell_may_mean_something_else(tmp_path):
    key = {"fields": ["b"], "reference": {"resource": "", "fields": ["a"]}}
    number = {"name": "b", "type": "number"}
    found = [
        of(tmp_path, resource("t", ["a", "b"])),
        of(tmp_path, resource("t", ["b", "a"])),
        of(tmp_path, resource("t", ["a", {"name": "b", "title": "B"}])),
        of(tmp_path, resource("t", ["a", number])),
        of(tmp_path, resource("t", ["a", number | {"decimalChar": ","}])),
        of(tmp_path, resource("t", ["a", {"name": "b", "constraints": {"enum": ["2"]}}])),
        of(tmp_path, resource("t", ["a", {"name": "b", "sheetpack": {"edtf": True}}])),
        of(tmp_path, resource("t", ["a", "b"], ["a"])),
        of(tmp_path, resource("t", ["a", "b"], ["a"], schema={"foreignKeys": [key]})),
        of(tmp_path, resource("t", ["a", "b"], schema={"missingValues": ["-"]})),
        of(tmp_path, resource("t", ["a", "b"], title="Tea")),
        of(tmp_path, resource("u", ["a", "b"])),
        of(tmp_path, resource("t", ["a", "b"]), resource("u", ["a", "b"])),
        of(tmp_path, resource("t", ["a", "b"]), name="other"),
    ]
    assert len(set(found)) == len(found)


def test_the_contract_stays_where_only_rows_words_and_the_layout_of_the_file_change(tmp_path):
    first = of(tmp_path, resource("t", ["a", "b"], ["a"]), title="Tea", version="1")
    path = tmp_path / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": "2"}, indent=8))
    (tmp_path / "t.csv").write_text("a,b\n3,4\n")
    package = descriptor.load(path)
    assert contract(package) == first
    assert contract(replace(package, title="Coffee", metadata={})) == first
