"""Rows that lie on the disk once there are many."""

import errno
import io
import tempfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack import spool
from sheetpack.spool import NoRoom, Spool
from sheetpack.table import Row

CELLS = st.none() | st.text() | st.integers() | st.dates() | st.decimals(allow_nan=False)
ROWS = st.lists(st.tuples(CELLS, CELLS), max_size=40)


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(spool, "CHUNK", 8)


@given(ROWS, st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 3))
def test_it_answers_as_a_list_does(rows, begin, end, step):
    spooled = Spool(rows)
    assert list(spooled) == rows
    assert len(spooled) == len(rows)
    assert bool(spooled) == bool(rows)
    assert spooled[begin:end:step] == rows[begin:end:step]
    assert [spooled[at] for at in range(-len(rows), len(rows))] == [*rows, *rows]
    assert [row for chunk in spooled.chunks() for row in chunk] == rows
    with pytest.raises(IndexError):
        spooled[len(rows)]


@given(ROWS, ROWS)
def test_it_equals_what_holds_the_same_items(rows, others):
    assert Spool(rows) == rows == Spool(rows)
    assert Spool(rows) == Spool(rows)
    assert (Spool(rows) == others) == (rows == others) == (Spool(rows) == Spool(others))
    assert Spool(rows) != tuple(rows)


@given(ROWS)
def test_two_can_go_through_it_at_once(rows):
    spooled = Spool(rows)
    assert list(zip(spooled, spooled, strict=True)) == list(zip(rows, rows, strict=True))


def test_items_come_back_as_what_they_were():
    rows = [Row(at, (str(at), None), (Decimal(at), date(2024, 1, 1))) for at in range(30)]
    spooled = Spool(rows, make=Row._make)
    assert list(spooled) == rows
    assert {type(row) for row in spooled} == {Row}
    assert spooled[3].values == rows[3].values


def test_few_rows_never_touch_the_disk(monkeypatch):
    monkeypatch.setattr(tempfile, "TemporaryFile", None)
    assert len(Spool([(at,) for at in range(7)])) == 7
    with pytest.raises(TypeError):
        Spool([(at,) for at in range(8)])


class Full(io.RawIOBase):
    """A file on a disk that has room for nothing."""

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def seek(self, *_):
        return 0

    def write(self, _):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_told_as_soon_as_rows_are_put_there_and_only_once(monkeypatch):
    made = io.BufferedRandom(Full())
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: made)
    with pytest.raises(NoRoom, match="No space left on device"):
        Spool([(at,) for at in range(8)])
    assert made.closed  # Python would tell of it when it is thrown away


def test_what_was_cleared_can_be_filled_again():
    spooled = Spool([(at,) for at in range(20)])
    spooled.clear()
    assert len(spooled) == 0
    spooled.append((1,))
    assert list(spooled) == [(1,)]
