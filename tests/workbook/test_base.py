"""The base holds every row, and says so when it is not what it was."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack.package import Field, Package, Resource
from sheetpack.table import Row, Table
from sheetpack.workbook.base import PIECE, BrokenBase, base_sheet, read_base
from sheetpack.workbook.cells import LONGEST_TEXT, as_text
from sheetpack.workbook.model import Styled

FIELDS = ("key", "words")


def packed(rows, tmp_path="."):
    """The cells of the base of a package with one resource."""
    resource = Resource("notes", "Notes", "", "notes.csv", tuple(map(Field, FIELDS)))
    package = Package(tmp_path, "small", "Small", {}, (resource,))
    made = [Row(number, tuple(raw), tuple(raw)) for number, raw in enumerate(rows, start=2)]
    sheet = base_sheet(package, {"notes": Table(resource, made)})
    return [
        [cell.value if isinstance(cell, Styled) else cell for cell in row] for row in sheet.rows
    ]


cells = st.one_of(st.none(), st.text(), st.integers(), st.decimals(allow_nan=False))


@given(st.lists(st.tuples(st.text(), cells)))
def test_every_cell_comes_back_as_the_file_has_it(rows):
    base = read_base(packed(rows))["notes"]
    assert base.fields == list(FIELDS)
    assert base.rows == [[as_text(cell) for cell in row] for row in rows]


@given(st.lists(st.tuples(st.text(), st.text(min_size=1))))
def test_no_piece_can_be_taken_for_something_else(rows):
    for *_, piece in packed(rows)[1:]:
        assert piece.isascii() and piece.isprintable()
        assert piece[0] == piece[-1] == "|"
        assert "_" not in piece


def test_what_is_long_is_cut_into_pieces_that_fit_and_come_back_in_any_order():
    rows = [("a" * PIECE, "| |" * PIECE), ("b", "_x000D_\r\n =1+1 ")]
    header, *pieces = packed(rows)
    assert len(pieces) > 3
    assert all(len(cells[-1]) <= LONGEST_TEXT for cells in pieces)
    assert read_base([header, *reversed(pieces)])["notes"].rows == [list(row) for row in rows]


def test_a_missing_piece_is_told():
    rows = packed([("a" * PIECE, "b" * PIECE)])
    with pytest.raises(BrokenBase, match="notes"):
        read_base(rows[:-1])


def test_a_changed_piece_is_told():
    header, cells = packed([("a", "b")])
    cells[-1] = cells[-1].replace("b", "c")
    with pytest.raises(BrokenBase, match="notes"):
        read_base([header, cells])


def test_blank_rows_that_a_program_leaves_are_passed_over():
    rows = packed([("a", Decimal("1.50"))])
    assert read_base([*rows, [None] * 5])["notes"].rows == [["a", "1.50"]]
