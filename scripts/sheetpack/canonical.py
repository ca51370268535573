"""The canonical form of a CSV file: what `format` writes and `validate` asks for.

The same cells always give the same bytes, so that a difference between two versions of a
file is a difference in the data:

- UTF-8 without a byte order mark, or the encoding that the descriptor declares;
- every row ends with a line feed, the last one too; line breaks inside a cell stay as they are;
- the delimiter and the quotation mark are the resource's own;
- a cell stands in quotation marks only where it has to: when it holds the delimiter, a
  quotation mark or a line break, or is the only and empty cell of its row;
- columns stand in the order of the fields (columns without a field follow); rows stay in
  their order, and every cell keeps its value to the last space.

A dialect in which a quotation mark cannot be doubled, or that knows none, is left alone, as
are inline, remote, compressed and multipart data.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import NamedTuple

import frictionless
from frictionless.formats import CsvControl

from sheetpack import rawfile
from sheetpack.issue import Issue, Level
from sheetpack.table import Table

QUOTED_ALWAYS = ("\n", "\r")
ROWS_AT_ONCE = 1_000

csv.field_size_limit(2**31 - 1)  # a cell may be longer than csv's cautious default


class MismatchedQuotes(Exception):
    """Quotation marks of a row do not match: readers make of it what they like.

    At worst one cell of all that follows.
    """

    def __init__(self, row: int):
        super().__init__(row)
        self.row = row


def form(
    data: bytes,
    dialect: csv.Dialect,
    read_as: str = "utf-8",
    write_as: str = "utf-8",
    order: Sequence[int] = (),
) -> bytes:
    """The canonical form of the bytes of a CSV file.

    Args:
        data: The file.
        dialect: How it is written; delimiter and quotation mark are kept.
        read_as, write_as: Its encoding, and that of the result.
        order: Positions of its columns in the order wanted; () to keep theirs. A row of
            another length stays as it is.
    """
    text = io.StringIO(data.decode(read_as), newline="")
    return b"".join(_pieces(csv.reader(text, dialect), Form(dialect, write_as, order)))


class Form(NamedTuple):
    """How a file is to be written; see `form`."""

    dialect: csv.Dialect
    write_as: str
    order: Sequence[int]


def _pieces(records: Iterable[list[str]], wanted: Form) -> Iterator[bytes]:
    """The canonical form of these rows, many at once."""
    return codecs.iterencode(_texts(records, wanted), wanted.write_as)


def _texts(records: Iterable[list[str]], wanted: Form) -> Iterator[str]:
    dialect, _, order = wanted
    records = iter(records)
    while some := list(islice(records, ROWS_AT_ONCE)):
        if order:
            some = [[r[at] for at in order] if len(r) == len(order) else r for r in some]
        yield "".join([line(record, dialect) + "\n" for record in some])


def mismatched_quotes(data: bytes, encoding: str, dialect: csv.Dialect) -> int:
    """The first row whose quotation marks do not match; 0 where all do."""
    try:
        for _ in _certain(io.StringIO(data.decode(encoding), newline=""), dialect):
            pass
    except MismatchedQuotes as error:
        return error.row
    return 0


def _certain(text: Iterable[str], dialect: csv.Dialect) -> Iterator[list[str]]:
    """The rows of a file as all readers understand them. Raises `MismatchedQuotes`."""
    row = 0
    try:
        for record in csv.reader(text, dialect, strict=True):
            row += 1
            yield record
    except csv.Error as error:
        raise MismatchedQuotes(row + 1) from error


def line(cells: list[str], dialect: csv.Dialect, quotes_all: bool = False) -> str:
    """One row as text, without its line end.

    Python's own writer does not quote a carriage return in all of its versions.

    Args:
        quotes_all: Does every cell stand in quotation marks, not only where it has to?
    """
    quotes_all = quotes_all or cells == [""]  # an empty line would be no row
    special = (dialect.delimiter, dialect.quotechar, *QUOTED_ALWAYS)
    space = dialect.skipinitialspace
    plain = dialect.delimiter.join(cells)
    if not (
        quotes_all
        or space
        or dialect.quotechar in plain
        or "\n" in plain
        or "\r" in plain
        or plain.count(dialect.delimiter) >= len(cells) > 0
    ):
        return plain  # nearly all rows; much faster than to look at each cell
    written = []
    for cell in cells:
        is_spaced = space and cell.startswith(" ")
        if quotes_all or is_spaced or any(character in cell for character in special):
            quote = dialect.quotechar
            cell = f"{quote}{cell.replace(quote, quote * 2)}{quote}"
        written.append(cell)
    return dialect.delimiter.join(written)


def of_table(table: Table, data: bytes) -> bytes | None:
    """The canonical form of a table's file, after the table was read.

    Returns:
        None where the file is left alone: its dialect is an unusual one, or its columns
        would have to move while some rows are too short or long.
    """
    wanted = _wanted(table)
    return wanted and form(data, wanted.dialect, _read_as(table), wanted.write_as, wanted.order)


def _wanted(table: Table) -> Form | None:
    """The form that a table's file should have; None where it is left alone."""
    dialect = dialect_of(table.resource.source)
    usual = dialect.quotechar and dialect.doublequote and not dialect.escapechar
    if not usual:
        return None
    order = column_order(table)
    if order and any(issue.code in ("row-long", "row-short") for issue in table.issues):
        return None
    declared = table.resource.encoding
    return Form(dialect, "utf-8" if not declared or _is_utf8_name(declared) else declared, order)


def _read_as(table: Table) -> str:
    return table.resource.source.encoding or "utf-8"


def issues(table: Table, file: Path, level: Level) -> list[Issue]:
    """One issue where a file is not in its canonical form, or where it is not certain what it says.

    The latter (a guessed encoding, quotation marks that do not match) come first: such a
    file must not be rewritten.
    """
    if encoding_is_guessed(table):
        row, _ = rawfile.first_bad_byte(file, "utf-8") or (0, 0)
        return [table.issue("untidy-encoding", row, level=level, encoding=_read_as(table))]
    wanted = _wanted(table)
    try:
        if _has_form(table, file, wanted):
            return []
    except MismatchedQuotes as error:
        return [table.issue("untidy-quotes", error.row, level=level)]
    return [table.issue("untidy-file", level=level, what=_difference(table, file, wanted))]


def _has_form(table: Table, file: Path, wanted: Form | None) -> bool:
    """Does a file hold what it should, byte for byte? All of it is read in any case."""
    dialect = dialect_of(table.resource.source)
    has_form = True
    with file.open(encoding=_read_as(table), newline="") as text, file.open("rb") as data:
        records = _certain(text, dialect)
        if wanted is None:
            deque(records, maxlen=0)
            return True
        for piece in _pieces(records, wanted):
            has_form = has_form and data.read(len(piece)) == piece
        return has_form and not data.read(1)


def encoding_is_guessed(table: Table) -> bool:
    """Was the file read in an encoding that nobody declared, as it is not UTF-8?"""
    return not table.resource.encoding and not _is_utf8_name(_read_as(table))


def dialect_of(source: frictionless.Resource) -> csv.Dialect:
    """How the file of an opened resource is written, in the terms of Python's csv."""
    return CsvControl.from_dialect(source.dialect).to_python()


def column_order(table: Table) -> list[int]:
    """Where the columns of the file go; [] where they stand in their order already."""
    fields = [name for name in table.resource.positions if name in table.columns]
    extra = [name for name in table.columns if name not in table.resource.positions]
    order = [table.columns[name] - 1 for name in fields + extra]
    return [] if order == sorted(order) else order


def _is_utf8_name(encoding: str) -> bool:
    return encoding.lower().replace("_", "-") in ("utf-8", "utf8", "utf-8-sig")


def _difference(table: Table, file: Path, wanted: Form) -> str:
    """What catches the eye first where a file differs from its canonical form."""

    def new() -> Iterator[bytes]:
        with file.open(encoding=_read_as(table), newline="") as text:
            yield from _pieces(csv.reader(text, wanted.dialect), wanted)

    def old() -> Iterator[bytes]:
        return rawfile.pieces(file)

    if next(old(), b"").startswith(b"\xef\xbb\xbf"):
        return "it begins with an invisible byte order mark"
    if _has_windows_ends(old()) and not _has_windows_ends(new()):
        return "its rows end as on Windows"
    if _are_equal(chain(old(), [b"\n"]), new()):
        return "its last row does not end with a line break"
    for number, (before, after) in enumerate(zip(_split(old()), _split(new()), strict=False), 1):
        if before != after:
            return f"line {number} has other quotation marks, line endings or columns"
    return "it has other line endings"


def _has_windows_ends(pieces: Iterable[bytes]) -> bool:
    last = b""
    for piece in pieces:
        if b"\r\n" in last + piece:
            return True
        last = piece[-1:]
    return False


def _are_equal(some: Iterable[bytes], others: Iterable[bytes]) -> bool:
    return all(one == other for one, other in zip_longest(_split(some), _split(others)))


def _split(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What stands before, between and after line feeds."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole
    yield rest
