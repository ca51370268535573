from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sheetpack.canonical import form


class Semicolon(csv.excel):
    delimiter = ";"
    quotechar = "'"


class Spaced(csv.excel):
    skipinitialspace = True


DIALECTS = [csv.excel, csv.excel_tab, Semicolon, Spaced]
# Every character that UTF-8 can hold.
cells = st.text(st.characters(codec="utf-8"))
tables = st.lists(st.lists(cells, min_size=1, max_size=4), max_size=6)


def written(rows, dialect):
    file = io.StringIO(newline="")
    csv.writer(file, dialect, quoting=csv.QUOTE_ALL).writerows(rows)
    return file.getvalue().encode("utf-8")


def read(data, dialect):
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), dialect))


@pytest.mark.parametrize("dialect", DIALECTS)
@given(rows=tables)
def test_every_cell_of_any_text_survives(dialect, rows):
    assert read(form(written(rows, dialect), dialect), dialect) == rows


@pytest.mark.parametrize("dialect", DIALECTS)
@given(rows=tables)
def test_the_canonical_form_of_a_canonical_file_is_itself(dialect, rows):
    once = form(written(rows, dialect), dialect)
    assert form(once, dialect) == once


@given(rows=tables, start=st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_the_way_a_file_was_written_leaves_no_trace(rows, start):
    assume(not (start and rows and rows[0][0].startswith("\ufeff")))
    file = io.StringIO(newline="")
    csv.writer(file, csv.excel).writerows(rows)
    minimal = file.getvalue().encode("utf-8")
    assume(read(minimal, csv.excel) == rows)  # Python's own writer errs about some texts
    both = form(start + minimal, csv.excel, "utf-8-sig"), form(written(rows, csv.excel), csv.excel)
    assert both[0] == both[1]


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b'a,"b"\r\n1,"2"\r\n', b"a,b\n1,2\n"),
        (b"a,b\n1,2", b"a,b\n1,2\n"),
        (b'a,b\n"x,y","say ""hi"""\n', b'a,b\n"x,y","say ""hi"""\n'),
        (b'a\n"x\r\ny"\n', b'a\n"x\r\ny"\n'),
        (b"a\n\n1\n", b"a\n\n1\n"),
        (b'a\n""\n', b'a\n""\n'),
        (b" a , b \n", b" a , b \n"),
        (b"", b""),
    ],
)
def test_quotation_marks_stand_only_where_they_are_needed(data, wanted):
    assert form(data, csv.excel) == wanted


def test_a_declared_encoding_is_kept():
    assert form("ä\r\n".encode("latin-1"), csv.excel, "latin-1", "latin-1") == b"\xe4\n"


def test_columns_can_be_put_in_order():
    assert form(b"b,a\n2,1\n", csv.excel, order=[1, 0]) == b"a,b\n1,2\n"


def test_a_cell_longer_than_usual_is_kept():
    data = b"a\n" + b"x" * 200_000 + b"\n"
    assert form(data, csv.excel) == data
