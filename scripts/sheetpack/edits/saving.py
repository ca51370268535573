"""The new bytes of a CSV file of which some rows were edited, all others left as they are.

A row that nobody changed keeps its bytes, its quotation marks and line end among them. A
changed row is written as the file writes its rows: the same delimiter and quotation mark, the
same line end, each cell in quotation marks if the row had that. What is no row of the
table keeps its place: the header and what stands around it, at the top; a comment, before the
row that it stands before.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from frictionless import Dialect, FrictionlessException
from frictionless.resources import TableResource

from sheetpack import canonical, descriptor, rawfile
from sheetpack.edits.model import Cells, MergedRow
from sheetpack.package import Package, Resource
from sheetpack.table import Table

_MARKS = {  # encodings that leave the order of bytes to a mark at the beginning
    "utf-8": ((codecs.BOM_UTF8, "utf-8"),),
    "utf-8-sig": ((codecs.BOM_UTF8, "utf-8"), (b"", "utf-8")),
    "utf-16": ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    "utf-32": ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
}


class _Record(NamedTuple):
    """A row of the file as it stands there, whatever it is."""

    text: str
    ending: str
    cells: list[str]


def problem(resource: Resource) -> str | None:
    """Why edits of a resource cannot be saved, in words that complete a sentence; else None."""
    source = resource.source
    if source.memory:
        return "its rows stand in the descriptor itself"
    if rawfile.is_remote(source):
        return "it lies on the net"
    if len(source.paths) > 1:
        return "its rows are spread over several files"
    if source.compression:
        return "its file is compressed"
    if source.format not in rawfile.TEXT_FORMATS:
        return f"its file is no CSV, but of the kind “{source.format}”"
    return _unusual(canonical.dialect_of(source))


def content(package: Package, table: Table, rows: Sequence[MergedRow]) -> bytes:
    """The new bytes of the file of a table that was read, and read without a fault.

    They are read once more as anybody would read them, and hold exactly these rows then.

    Raises:
        ValueError: The edits cannot be saved; the message says why, to complete a sentence.
    """
    resource = table.resource
    reason = problem(resource)
    if reason:
        raise ValueError(reason)
    source = resource.source
    data = rawfile.content(source)
    if data is None:
        raise ValueError("its file cannot be read")
    if canonical.encoding_is_guessed(table):
        raise ValueError("it is not certain in which encoding its text is saved")
    new = rewritten(
        data,
        source.encoding or "utf-8",
        canonical.dialect_of(source),
        table.columns,
        tuple(resource.positions),
        rows,
        {row.number for row in table.rows},
        any_line_end=source.format != "csv",
    )
    if new != data and _reread(package, table, new) != _wanted(table, rows):
        raise ValueError(
            "it would be read differently afterwards; say its delimiter in the descriptor, and "
            "begin no row like a comment"
        )
    return new


def rewritten(
    data: bytes,
    encoding: str,
    dialect: csv.Dialect,
    columns: Mapping[str, int],
    fields: Sequence[str],
    rows: Sequence[MergedRow],
    numbers: Collection[int],
    any_line_end: bool = False,
) -> bytes:
    """The bytes of a CSV file with these rows in place of its own.

    Args:
        data: The file as it is.
        encoding, dialect: How it was read.
        columns: Field name → column of the file, counted from 1.
        fields: The fields in the order of each row's cells.
        rows: All rows wanted, in their order; what `current_row` names is an existing one.
        numbers: The numbers of the file's rows that are rows of the table; all others are
            headers, comments and the like.
        any_line_end: Are line breaks in cells read as line feeds, whatever they are? Frictionless
            does so unless the format is "csv".

    Raises:
        ValueError: It cannot be done; the message says why, to complete a sentence.
    """
    reason = _unusual(dialect)
    if reason:
        raise ValueError(reason)
    mark, codec = _codec(data, encoding)
    body = data[len(mark) :]
    text = body.decode(codec)
    records = dict(enumerate(_records(text, dialect, any_line_end), start=1))
    write = _Writer(dialect, columns, fields, records, numbers)
    new = _joined(_arranged(records, numbers, rows, write), write.ending, _is_closed(records))
    if new == text:
        return data
    if canonical.mismatched_quotes(body, codec, dialect):
        raise ValueError("the quotation marks in its file do not match")
    if text.encode(codec) != body:
        raise ValueError(f"its encoding {encoding} can write one text in several ways")
    try:
        return mark + new.encode(codec)
    except UnicodeEncodeError as error:
        unknown = error.object[error.start : error.end]
        raise ValueError(f"its encoding {encoding} does not know “{unknown}”") from error


def _unusual(dialect: csv.Dialect) -> str | None:
    """Why nothing can be written the way a file is written."""
    if not dialect.quotechar or dialect.quoting == csv.QUOTE_NONE:
        return "its file knows no quotation marks"
    if dialect.escapechar or not dialect.doublequote:
        return "its file does not double the quotation marks in a cell"
    return None


def _codec(data: bytes, encoding: str) -> tuple[bytes, str]:
    """The mark at the beginning, and the encoding of what follows it."""
    for mark, codec in _MARKS.get(codecs.lookup(encoding).name, ()):
        if data.startswith(mark):
            return mark, codec
    return b"", encoding


def _records(text: str, dialect: csv.Dialect, any_line_end: bool) -> Iterator[_Record]:
    """Every row of the file, as the reader cuts them."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            ending = _ending(line)
            yield f"{line.removesuffix(ending)}\n" if any_line_end and ending else line

    for cells in csv.reader(lines(), dialect):
        row = "".join(taken)
        taken.clear()
        yield _Record(row, _ending(row), cells)


def _ending(line: str) -> str:
    return next((ending for ending in ("\r\n", "\n", "\r") if line.endswith(ending)), "")


class _Writer:
    """Writes rows the way a file writes them."""

    def __init__(
        self,
        dialect: csv.Dialect,
        columns: Mapping[str, int],
        fields: Sequence[str],
        records: Mapping[int, _Record],
        numbers: Collection[int],
    ):
        self.dialect = dialect
        self.fields = fields
        self.at = [columns.get(name, 0) - 1 for name in fields]
        self.width = max(columns.values(), default=0)
        endings = Counter(record.ending for record in records.values() if record.ending)
        self.ending = endings.most_common(1)[0][0] if endings else "\n"
        filled = [records[number] for number in numbers if records[number].cells]
        self.quotes_all = bool(filled) and all(map(self._is_quoted, filled))

    def __call__(self, cells: Cells, record: _Record | None) -> _Record:
        """The row as it stands in the file if it holds these cells, else written anew."""
        old = record.cells if record else []
        full = [*old, *[""] * (self.width - len(old))]
        new = list(full)
        for name, at, cell in zip(self.fields, self.at, cells, strict=True):
            if at >= 0:
                new[at] = cell or ""
            elif cell:
                raise ValueError(f"it has no column “{name}”")
        if record and new == full:
            return record
        quotes_all = self._is_quoted(record) if record and old else self.quotes_all
        ending = (record and record.ending) or self.ending
        return _Record(canonical.line(new, self.dialect, quotes_all) + ending, ending, new)

    def _is_quoted(self, record: _Record) -> bool:
        text = record.text.removesuffix(record.ending)
        return canonical.line(record.cells, self.dialect, quotes_all=True) == text


def _arranged(
    records: Mapping[int, _Record],
    numbers: Collection[int],
    rows: Sequence[MergedRow],
    write: _Writer,
) -> Iterator[_Record]:
    """Everything that is to stand in the file, in its order."""
    kept = {row.current_row for row in rows}
    first = min(numbers, default=len(records) + 1)
    before: dict[int, list[_Record]] = {}
    waiting: list[_Record] = []
    for number, record in records.items():
        if number < first:
            yield record
        elif number not in numbers:
            waiting.append(record)
        elif number in kept:
            before[number], waiting = waiting, []
    for row in rows:
        yield from before.pop(row.current_row, ())
        yield write(row.cells, records[row.current_row] if row.current_row else None)
    yield from waiting


def _is_closed(records: Mapping[int, _Record]) -> bool:
    """Does the last row of the file end with a line break?"""
    return not records or bool(records[len(records)].ending)


def _joined(records: Iterator[_Record], ending: str, closed: bool) -> str:
    """The text of the file; its last row ends with a line break only if the file's did."""
    pieces = [record.text if record.ending else record.text + ending for record in records]
    if pieces and not closed:
        last = pieces[-1].removesuffix(_ending(pieces[-1]))
        pieces[-1] = last or pieces[-1]  # an empty row is nothing but its line break
    return "".join(pieces)


def _reread(package: Package, table: Table, data: bytes) -> list[tuple[str, ...]]:
    """The cells of a table's rows if its file held these bytes, read with nothing known of it."""
    fresh = descriptor.load(package.path).resource(table.resource.name)
    source = TableResource(
        data=data,
        format=table.resource.source.format,
        encoding=fresh.encoding or "utf-8",
        dialect=Dialect.from_descriptor(fresh.source.dialect.to_descriptor()),
    )
    try:
        with source.open():
            stream = source.dialect.read_enumerated_content_stream(source.cell_stream)
            rows = [cells for _, cells in stream]
    except FrictionlessException as error:
        raise ValueError("it could not be read any more afterwards") from error
    places = [table.columns[name] - 1 for name in table.resource.positions if name in table.columns]
    return [tuple(row[at] if at < len(row) else "" for at in places) for row in rows]


def _wanted(table: Table, rows: Sequence[MergedRow]) -> list[tuple[str, ...]]:
    at = [at for name, at in table.resource.positions.items() if name in table.columns]
    return [tuple(row.cells[each] or "" for each in at) for row in rows]
