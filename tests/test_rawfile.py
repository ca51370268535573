"""The bytes of a file, looked at piece by piece."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetpack import rawfile

BYTES = st.binary(max_size=30) | st.text("aé\n\r\"',", max_size=20).map(str.encode)
ENCODINGS = st.sampled_from(["utf-8", "ascii", "cp1252", "utf-16-le", "shift_jis", "latin-1"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=BYTES, more=BYTES, encoding=ENCODINGS, piece=st.integers(1, 5))
def test_the_first_bad_byte_is_where_python_finds_it(
    data, more, encoding, piece, tmp_path_factory, monkeypatch
):
    monkeypatch.setattr(rawfile, "PIECE", piece)
    file = tmp_path_factory.getbasetemp() / "some.csv"
    file.write_bytes(data + more)
    expected = None
    try:
        (data + more).decode(encoding)
    except UnicodeDecodeError as error:
        readable = (data + more)[: error.start].decode(encoding, errors="replace")
        rows = list(csv.reader(io.StringIO(readable + "?", newline="")))
        expected = len(rows), error.start + 1
    assert rawfile.first_bad_byte(file, encoding) == expected


@pytest.mark.parametrize("encoding", ["no-such", "rot13", "hex"])
def test_no_byte_is_bad_in_what_is_no_encoding(encoding, tmp_path):
    file = tmp_path / "some.csv"
    file.write_bytes(b"\xff\n")
    assert rawfile.first_bad_byte(file, encoding) is None


def test_a_mark_of_the_byte_order_that_is_missing_is_no_bad_byte(tmp_path):
    file = tmp_path / "some.csv"
    file.write_bytes("a\n1\n".encode("utf-16-le"))
    # From Python 3.14 on, the very first byte is what the encoding does not know.
    assert rawfile.first_bad_byte(file, "utf-16") in (None, (1, 1))


def test_lines_are_counted_as_editors_count_them(tmp_path):
    file = tmp_path / "some.csv"
    file.write_bytes(b'a,b\n"x\ny",1\r\nz,2')
    assert list(rawfile.line_numbers(file, "utf-8", csv.get_dialect("excel"))) == [1, 2, 4]
