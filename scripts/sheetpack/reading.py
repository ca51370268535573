"""From a resource to its rows: one pass over the data, raw cells and typed values together.

Frictionless parses the file and types the cells, so that what is valid here is what is
valid there; keys are left to `checks.keys`, which needs no second reading for them.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import frictionless

from sheetpack import canonical, header, opening, patience, rawfile
from sheetpack.cell import issues as cell_issues
from sheetpack.issue import Issue, Refusal
from sheetpack.package import Package, Resource
from sheetpack.spool import NoRoom
from sheetpack.table import Row, Table

MOST_KNOWN = 10_000  # cells of one field whose values are remembered


def read_all(package: Package) -> dict[str, Table]:
    """Every table of the package, by the name of its resource."""
    return {resource.name: read(resource, package) for resource in package.resources}


def read(resource: Resource, package: Package) -> Table:
    """Read one resource. Whatever is wrong is told in the table's `issues`.

    Rows are left out where the file cannot be read or its header is wrong: nobody could
    say for certain which cell belongs to which field (`Table.readable` is False then). What
    is wrong with them is told all the same where only the names in the header are wrong.

    Raises:
        NoRoom: The rows do not fit onto the disk on which they are kept meanwhile.
    """
    table = Table(resource)
    source = resource.source
    obstacle = rawfile.obstacle(source, package.folder)
    if obstacle:
        table.issues.append(obstacle)
        table.readable = False
        return table
    rawfile.settle_encoding(source)
    file = rawfile.plain_file(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _fill(table, source)
        if file and table.readable:
            level = "error" if package.strict else "warning"
            table.issues.extend(canonical.issues(table, file, level))
    except NoRoom:  # no fault of the file
        raise
    except Refusal as refusal:
        table.issues.extend(refusal.issues)
        table.readable = False
    except Exception as error:  # the reader of a foreign file can fail in any way
        table.issues.extend(_failure(table, error))
        table.readable = False
    if not table.readable:
        table.rows.clear()
    return table


def typed(
    resource: Resource,
    columns: Mapping[str, int],
    rows: Iterable[tuple[int, Sequence[str | None]]],
    like: Table | None = None,
) -> Table:
    """The table that these cells would be, were they read from a file: typed and checked alike.

    Args:
        columns: Field → the column in which it stands, counted from 1, to tell it by. A field
            that stands nowhere is blank in all rows.
        rows: Each row's number and its cells in the order of the fields; None is blank.
        like: A table of the same resource: what is known of its rows is not found out anew.
    """
    table = Table(resource, columns=dict(columns))
    expected = [field for field in resource.source.schema.fields if field.name in columns]
    at = [resource.positions[field.name] for field in expected]
    take = _row_taker(table, expected, only_texts=True)
    known = _sound_rows(like) if like and at == list(range(len(resource.fields))) else {}
    for number, cells in rows:
        raw = tuple(["" if cells[i] is None else cells[i] for i in at])
        same = known.get(raw)
        if same:
            table.rows.append(same._replace(number=number))
        else:
            take(number, list(raw))
    return table


def _sound_rows(table: Table) -> dict[tuple[Any, ...], Row]:
    """Cells → a row of a text file that holds them, of those with which nothing is wrong."""
    if table.resource.source.format not in rawfile.TEXT_FORMATS:
        return {}
    told = {issue.row for issue in table.issues}
    return {row.raw: row for row in table.rows if row.number not in told}


def _fill(table: Table, source: frictionless.Resource) -> None:
    with opening.as_declared(source) as cells:
        if cells is not None:
            _take_rows(table, source.schema.fields, cells)
            return
    with source.open():
        table.issues.extend(header.issues(table, source))
        table.readable = not table.issues
        if not table.readable and not (source.labels and header.stands_in_place(source)):
            return
        known = source.header.get_expected_fields
        expected = known() if table.readable else header.fields_in_place(source)
        _take_rows(table, expected, source.cell_stream)


def _take_rows(table: Table, expected: Sequence[frictionless.Field], cells: opening.Cells) -> None:
    """Put the rows of an open file into the table, and say what is wrong with it as a whole."""
    source = table.resource.source
    table.columns = {field.name: at for at, field in enumerate(expected, start=1)}
    take = _row_taker(table, expected, only_texts=source.format in rawfile.TEXT_FORMATS)
    for number, row in source.dialect.read_enumerated_content_stream(cells):
        take(number, row)
    table.issues.extend(_total_issues(table, source, len(table.rows)))
    table.issues.extend(_part_issues(table, source))


def _part_issues(table: Table, source: frictionless.Resource) -> Iterator[Issue]:
    """Files of a table in parts whose first row is lost: Frictionless takes it for a header."""
    first_rows = rawfile.first_rows(source, canonical.dialect_of(source))
    if source.format != "csv" or not source.dialect.header:
        return
    for path, cells in first_rows[1:]:
        if cells != first_rows[0][1]:
            yield table.issue("part-header", level="warning", part=path.name, cells=cells)


class _Known(dict[str, tuple[str, Any]]):
    """Cell → cell and value, of cells of one field with which nothing is wrong.

    Most cells of a column say what others said before; each is understood, and kept, once.

    Attributes:
        failures: Grows with every cell with which something is wrong.
    """

    def __init__(self, reader: Callable[[Any], tuple[Any, Any]], failures: list[str]):
        super().__init__()
        self.reader = reader
        self.failures = failures

    def __missing__(self, cell: str) -> tuple[str, Any]:
        value, wrong = self.reader(cell)
        if wrong:
            self.failures.append(cell)
        elif len(self) < MOST_KNOWN and not _is_nan(value):
            self[cell] = cell, value
        return cell, value


def _is_nan(value: Any) -> bool:
    """Is it no number, by the name of a number? Only the same object equals itself then."""
    return value.is_nan() if isinstance(value, Decimal) else value != value


def _row_taker(
    table: Table, expected: Sequence[frictionless.Field], *, only_texts: bool
) -> Callable[[int, list[Any]], None]:
    """A function that types one row of the file and puts it into the table.

    Args:
        only_texts: Is every cell a text, so that equal cells have equal values?
    """
    readers = [(field, patience.cell_reader(field, table)) for field in expected]
    width = len(readers)
    # Where each field of the resource stands in the row; absent ones point behind its end.
    standing = {field.name: at for at, field in enumerate(expected)}
    at = [standing.get(field.name, width) for field in table.resource.fields]
    failures: list[str] = []
    known = [_Known(reader, failures) for _, reader in readers]
    in_place = at == list(range(width))

    def take_sound(number: int, cells: list[Any]) -> None:
        """Take a row of the right length with which nothing is wrong; most rows are such."""
        if len(cells) == width:
            found = [of_field[cell] for of_field, cell in zip(known, cells, strict=True)]
            if not failures:
                raw, values = zip(*found, strict=True) if found else ((), ())
                if values.count(None) < width:
                    if not in_place:
                        raw, values = (*raw, None), (*values, None)
                        raw, values = tuple(raw[i] for i in at), tuple(values[i] for i in at)
                    table.rows.append(Row(number, raw, values))
                    return
            failures.clear()
        take(number, cells)

    def take(number: int, cells: list[Any]) -> None:
        raw = [*cells[:width], *[None] * (width - len(cells)), None]
        values: list[Any] = [None] * (width + 1)
        notes = []
        blank = 0
        for position, (field, reader) in enumerate(readers):
            values[position], wrong = reader(raw[position])
            if wrong:
                notes.append((field, raw[position], wrong))
            if values[position] is None and not (wrong and "type" in wrong):
                blank += 1
        row = Row(number, tuple(raw[i] for i in at), tuple(values[i] for i in at))
        table.rows.append(row)
        table.issues.extend(_row_issues(table, row, cells, expected, notes, blank == width))

    return take_sound if only_texts else take


def _row_issues(
    table: Table,
    row: Row,
    cells: list[Any],
    expected: Sequence[frictionless.Field],
    notes: list[tuple[frictionless.Field, Any, dict[str, str]]],
    blank: bool,
) -> Iterator[Issue]:
    """What is wrong with one row.

    A row of the wrong length is told once: the cells after a stray comma stand in the
    wrong columns, and what is said about them would mislead.
    """
    if blank:
        yield table.issue("row-blank", row)
    elif len(cells) > len(expected):
        yield table.issue(
            "row-long", row, found=len(cells), wanted=len(expected), extra=cells[len(expected) :]
        )
    elif len(cells) < len(expected):
        missing = [field.name for field in expected[len(cells) :]]
        yield table.issue("row-short", row, found=len(cells), wanted=len(expected), missing=missing)
    else:
        for field, cell, wrong in notes:
            yield from cell_issues(table, row, field, cell, wrong)


def _total_issues(table: Table, source: frictionless.Resource, count: int) -> Iterator[Issue]:
    """Compare the file with the size and fingerprint that the descriptor states."""
    algorithm, _, wanted = (source.hash or "").rpartition(":")
    actual = {"": source.stats.md5, "md5": source.stats.md5, "sha256": source.stats.sha256}
    found = actual.get(algorithm)
    if source.hash and found and found != wanted:
        yield table.issue("file-hash", wanted=wanted, found=found)
    totals = (
        ("file-bytes", source.bytes, source.stats.bytes),
        ("file-fields", source.fields, len(source.schema.fields)),
        ("file-rows", source.rows, count),
    )
    for code, stated, counted in totals:
        if stated and stated != counted:
            yield table.issue(code, wanted=stated, found=counted)


def _failure(table: Table, error: Exception) -> Iterator[Issue]:
    """The sentence for whatever stopped the reading."""
    source = table.resource.source
    cause = getattr(error, "error", None)
    reason = getattr(cause, "note", "") or f"{type(error).__name__} {error}".strip()
    if getattr(cause, "type", "") == "encoding-error":
        encoding = source.encoding or "utf-8"
        file = rawfile.plain_file(source)
        place = rawfile.first_bad_byte(file, encoding) if file else None
        if place:
            row, byte = place
            yield table.issue("file-encoding", row, byte=byte, encoding=encoding)
        else:
            yield table.issue("file-encoding-unknown", encoding=encoding, reason=reason)
        return
    repeated = _repeated_labels(table, source)
    if repeated:
        yield from repeated
    elif "frictionless[" in reason:  # "Please install frictionless[json]"
        yield table.issue("file-reader", reason=reason.rstrip("."))
    elif rawfile.is_remote(source):
        yield table.issue("file-remote", reason=reason.rstrip("."))
    else:
        yield table.issue("file-unreadable", reason=reason.rstrip("."))


def _repeated_labels(table: Table, source: frictionless.Resource) -> list[Issue]:
    """Column names that stand twice: where columns are matched by name, nothing can be read."""
    try:
        return list(header.duplicates(table, source))
    except frictionless.FrictionlessException:  # it failed before there were any labels
        return []
