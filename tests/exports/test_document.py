"""The JSON document holds what the data holds."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from tests.exports.conftest import OWN, own_cells, own_names, own_types

READERS = {"integer": int, "number": Decimal, "boolean": lambda text: text == "true"}


def loaded(path):
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


@pytest.mark.parametrize("name", own_names())
def test_every_cell_of_the_data_is_there(own, name):
    types = own_types(name)
    wanted = [
        {key: READERS.get(types[key], str)(text) if text else None for key, text in row.items()}
        for row in own_cells(name)
    ]
    assert loaded(own / "putin-kim-summit-2024.json")["resources"][name] == wanted


def test_it_says_what_it_is(own):
    found = loaded(own / "putin-kim-summit-2024.json")
    for name in ("name", "title", "description", "version", "licenses", "sources"):
        assert found[name] == OWN[name]
    assert "sheetpack" not in found


def test_hard_cells_are_kept(hard):
    first, second, third = loaded(hard / "sample.json")["resources"]["things"]
    assert first == {
        "id": 2,
        "code": "042",
        "name": "Zoë Ångström",
        "day": "1949-01-31",
        "month": "2024-05",
        "at": "2024-06-19T18:30:00",
        "price": Decimal("1.10"),
        "open": True,
        "size": "it's",
        "long": 123456789012345678901,
        "span": "P1Y6M",
        "tags": ["é", 1],
        "parent": 1,
    }
    assert second["code"] is None
    assert third["name"] == "two\nlines"


def test_numbers_keep_every_digit_and_accents_are_readable(hard):
    text = (hard / "sample.json").read_text(encoding="utf-8")
    assert '"price": 1.10,' in text
    assert "Zoë Ångström" in text


def test_a_row_is_a_line(hard):
    lines = (hard / "sample.json").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith('      {"id"') for line in lines) == 3


def test_every_type_of_field_can_be_written(types):
    rows = loaded(types / "workbook-types.json")["resources"]["everything"]
    assert [row["a_number"] for row in rows[3:6]] == [Decimal("1E20"), "NaN", "INF"]
    assert rows[0]["a_time"] == "18:30:00"
    assert rows[0]["a_yearmonth"] == "2024-06"
    assert rows[0]["an_object"] == {"a": 1}
    assert rows[0]["a_geopoint"] == "125.7, 39.0"
