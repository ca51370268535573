"""The rows of a table, whole and by their columns, in memory and on the disk."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack import spool
from sheetpack.rows import Row, Rows
from tests.samples import PACKAGES, opened

WIDTHS = st.integers(0, 3)
CELLS = st.none() | st.text() | st.integers() | st.booleans() | st.lists(st.text(), max_size=2)


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(spool, "CHUNK", 4)


@st.composite
def some_rows(draw):
    width = draw(WIDTHS)
    cells = st.lists(CELLS, min_size=width, max_size=width).map(tuple)
    return draw(st.lists(st.builds(Row, st.integers(1, 99), cells, cells), max_size=15))


@given(some_rows())
def test_they_are_the_rows_that_were_put_in(rows):
    kept = Rows(rows)
    assert kept == rows
    assert [kept[at] for at in range(len(rows))] == rows
    assert {type(row) for row in kept} <= {Row}


@given(some_rows(), st.data())
def test_a_column_holds_the_cells_of_the_rows(rows, data):
    width = len(rows[0].raw) if rows else 0
    at = data.draw(st.lists(st.integers(0, width - 1), max_size=3)) if width else []
    numbers, columns = [], [([], []) for _ in at]
    for some, found in Rows(rows).columns(*at):
        numbers += some
        for (raw, values), (raw_there, values_there) in zip(columns, found, strict=True):
            raw += raw_there
            values += values_there
    assert numbers == [row.number for row in rows]
    assert columns == [([r.raw[i] for r in rows], [r.values[i] for r in rows]) for i in at]


def test_two_can_go_through_the_columns_at_once():
    rows = Rows(Row(at, (str(at), "x"), (at, "x")) for at in range(10))
    together = list(zip(rows.columns(0), rows.columns(1), rows.chunks(), strict=True))
    assert [list(one[1][0][0]) for one, _, _ in together] == [
        [row.raw[0] for row in chunk] for _, _, chunk in together
    ]


def test_what_was_cleared_can_be_filled_again():
    rows = Rows(Row(at, ("a",), ("a",)) for at in range(10))
    rows.clear()
    assert rows == [] == list(rows.columns(0))
    rows.extend(Row(at, ("b",), (Decimal(at),)) for at in range(6))
    assert [row.values[0] for row in rows] == list(range(6))


@pytest.mark.parametrize("name", ["workbook-types", "gallery", "without_files", "formats"])
def test_values_of_every_type_come_back_from_the_disk_as_they_were(name, monkeypatch):
    monkeypatch.setattr(spool, "CHUNK", 100_000)
    path = next((PACKAGES / name).glob("datapackage.*"))
    before = {key: [*table.rows] for key, table in opened(path)[1].items()}
    monkeypatch.setattr(spool, "CHUNK", 1)
    after = {key: [*table.rows] for key, table in opened(path)[1].items()}
    assert repr(after) == repr(before)
    assert any(before.values())
