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

import csv
import io
from collections.abc import Sequence

import frictionless
from frictionless.formats import CsvControl

from sheetpack import rawfile
from sheetpack.issue import Issue, Level
from sheetpack.table import Table

QUOTED_ALWAYS = ("\n", "\r")

csv.field_size_limit(2**31 - 1)  # a cell may be longer than csv's cautious default


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
    lines = []
    for record in csv.reader(text, dialect):
        cells = [record[at] for at in order] if len(order) == len(record) else record
        lines.append(line(cells, dialect) + "\n")
    return "".join(lines).encode(write_as)


def mismatched_quotes(data: bytes, encoding: str, dialect: csv.Dialect) -> int:
    """The first row whose quotation marks do not match; 0 where all do.

    Readers make something of such a row, at worst one cell of all that follows.
    """
    row = 1
    try:
        text = io.StringIO(data.decode(encoding), newline="")
        for _ in csv.reader(text, dialect, strict=True):
            row += 1
    except csv.Error:
        return row
    return 0


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
    source = table.resource.source
    dialect = dialect_of(source)
    usual = dialect.quotechar and dialect.doublequote and not dialect.escapechar
    if not usual:
        return None
    order = column_order(table)
    if order and any(issue.code in ("row-long", "row-short") for issue in table.issues):
        return None
    declared = table.resource.encoding
    write_as = "utf-8" if not declared or _is_utf8_name(declared) else declared
    return form(data, dialect, source.encoding or "utf-8", write_as, order)


def issues(table: Table, data: bytes, level: Level) -> list[Issue]:
    """One issue where a file is not in its canonical form, or where it is not certain what it says.

    The latter (a guessed encoding, quotation marks that do not match) come first: such a
    file must not be rewritten.
    """
    source = table.resource.source
    if encoding_is_guessed(table):
        row, _ = rawfile.first_bad_byte(data, "utf-8") or (0, 0)
        return [table.issue("untidy-encoding", row, level=level, encoding=source.encoding)]
    row = mismatched_quotes(data, source.encoding or "utf-8", dialect_of(source))
    if row:
        return [table.issue("untidy-quotes", row, level=level)]
    wanted = of_table(table, data)
    if wanted is None or wanted == data:
        return []
    return [table.issue("untidy-file", level=level, what=_difference(data, wanted))]


def encoding_is_guessed(table: Table) -> bool:
    """Was the file read in an encoding that nobody declared, as it is not UTF-8?"""
    read_as = table.resource.source.encoding or "utf-8"
    return not table.resource.encoding and not _is_utf8_name(read_as)


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


def _difference(data: bytes, wanted: bytes) -> str:
    """What catches the eye first where a file differs from its canonical form."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "it begins with an invisible byte order mark"
    if b"\r\n" in data and b"\r\n" not in wanted:
        return "its rows end as on Windows"
    if wanted == data + b"\n":
        return "its last row does not end with a line break"
    for number, (old, new) in enumerate(
        zip(data.split(b"\n"), wanted.split(b"\n"), strict=False), start=1
    ):
        if old != new:
            return f"line {number} has other quotation marks, line endings or columns"
    return "it has other line endings"
