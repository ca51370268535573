"""Keys: rows that cannot be told apart, and references that lead nowhere.

Values are compared as Frictionless compares them: typed, blank keys aside.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from sheetpack.catalogue import did_you_mean, neighbours
from sheetpack.checks.alike import repeated, unanswered
from sheetpack.issue import Issue
from sheetpack.package import ForeignKey, Package
from sheetpack.table import Row, Table

Key = tuple[Hashable, ...]

MOST_GUESSES = 100  # in one table; with more broken references than that, guesses don't help


def primary_keys(package: Package, tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Rows without a key, and rows with the key of an earlier one."""
    for table in tables.values():
        fields = table.resource.primary_key
        if not fields or not _present(table, fields):
            continue
        told = _told(table)
        blank = set(_blank(table, fields))
        for row in table.rows_of(blank):
            if not any((row.number, name) in told for name in ("", *fields)):
                names = table.headings(fields)
                yield table.issue("key-blank", row, fields[0], fields=names)
        for row, first in _repeated(table, fields):
            value = _written(table, row, fields)
            yield table.issue("key-twice", row, fields[0], value=value, first=first)


def unique_values(package: Package, tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Repeated values in `unique` fields and in the `uniqueKeys` of Data Package v2."""
    for table in tables.values():
        for field in table.resource.fields:
            if field.constraints.get("unique") and _present(table, (field.name,)):
                for row, first in _repeated(table, (field.name,)):
                    value = row.raw[table.resource.positions[field.name]]
                    yield table.issue("unique", row, field.name, value=value, first=first)
        for fields in table.resource.unique_keys:
            if _present(table, fields):
                for row, first in _repeated(table, fields, blanks_count=False):
                    value = _written(table, row, fields)
                    names = table.headings(fields)
                    yield table.issue(
                        "unique-key", row, fields[0], value=value, fields=names, first=first
                    )


def references(package: Package, tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Foreign keys that no row answers, or that the descriptor points at nothing.

    A table that could not be read is left out, with one note.
    """
    names = [resource.name for resource in package.resources]
    unread = set()
    for table in tables.values():
        for key in table.resource.foreign_keys:
            if key.reference not in names:
                guess = did_you_mean(key.reference, names)
                yield table.issue(
                    "reference-table", fields=key.fields, parent=key.reference, guess=guess
                )
            elif key.reference not in tables:
                unread.add(key.reference)
            else:
                yield from _unanswered(table, key, tables[key.reference])
    for name in sorted(unread):
        yield Table(package.resource(name)).issue("reference-unread", level="warning")


def _unanswered(table: Table, key: ForeignKey, parent: Table) -> Iterator[Issue]:
    unknown = [name for name in key.reference_fields if name not in parent.resource.positions]
    for name in unknown:
        guess = did_you_mean(name, parent.resource.positions)
        yield table.issue(
            "reference-column", fields=key.fields, name=name, parent=key.reference, guess=guess
        )
    if unknown or not key.fields or not _present(table, key.fields):
        return
    strange = _strangers(table, key, parent)
    if not strange:
        return
    told = _told(table, "type-", "row-")
    rows = [
        row
        for row in table.rows_of(strange)
        if not any((row.number, name) in told for name in ("", *key.fields))
    ]
    words = [_text(strange[row.number]) for row in rows[:MOST_GUESSES]]
    known = (found for found, _ in _keys(parent, key.reference_fields) if None not in found)
    candidates = neighbours(words, map(_text, known))
    for at, row in enumerate(rows):
        yield table.issue(
            "reference",
            row,
            key.fields[0],
            value=_written(table, row, key.fields),
            fields=parent.headings(key.reference_fields),
            parent=parent.called,
            parent_file=parent.resource.file or key.reference,
            guess=did_you_mean(words[at], candidates) if at < MOST_GUESSES else "",
        )


def _strangers(table: Table, key: ForeignKey, parent: Table) -> dict[int, Key]:
    """The rows whose key is no key of the parent's rows: their numbers and keys."""
    known = _keys(parent, key.reference_fields)
    strange = unanswered(_keys(table, key.fields), known, len(parent.rows))
    return {number: wanted for wanted, number in strange if not _is_blank(wanted)}


def _text(key: Key) -> str:
    return " / ".join(map(str, key))


def _told(table: Table, *codes: str) -> set[tuple[int, str]]:
    """Rows (with field "") and cells about which something was said while reading.

    What is said about their keys besides would only repeat it, or mislead.
    """
    return {
        (issue.row, issue.field)
        for issue in table.issues
        if issue.row and (not codes or issue.code.startswith(codes))
    }


def _keys(table: Table, fields: tuple[str, ...]) -> Iterator[tuple[Key, int]]:
    """The key of each row, and the number of the row; nothing where a key has no fields."""
    at = [table.resource.positions[name] for name in fields]
    for numbers, columns in table.rows.columns(*at) if fields else ():
        parts = [_comparable(values) for _, values in columns]
        yield from zip(zip(*parts, strict=True), numbers, strict=True)


def _comparable(values: Sequence[Any]) -> Sequence[Hashable]:
    """Values, or the text of those that cannot be looked up (a list, an object)."""
    try:
        set(values)
    except TypeError:
        return [value if _is_hashable(value) else repr(value) for value in values]
    return values


def _is_hashable(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _blank(table: Table, fields: tuple[str, ...]) -> Iterator[int]:
    """The numbers of the rows without a key."""
    at = [table.resource.positions[name] for name in fields]
    for numbers, columns in table.rows.columns(*at):
        parts = [values for _, values in columns]
        if all(None in values for values in parts):  # hardly ever
            keys = zip(*parts, strict=True)
            yield from (number for number, key in zip(numbers, keys, strict=True) if _is_blank(key))


def _is_blank(key: Key) -> bool:
    return all(part is None for part in key)


def _repeated(
    table: Table, fields: tuple[str, ...], *, blanks_count: bool = True
) -> Iterator[tuple[Row, int]]:
    """Rows whose key stands in an earlier row, with the number of the first such row.

    Args:
        blanks_count: Can a key with some blank parts be repeated? One that is wholly
            blank never is.
    """
    keys = (
        each
        for each in _keys(table, fields)
        if None not in each[0] or (blanks_count and not _is_blank(each[0]))
    )
    first = {again[1]: earlier[1] for again, earlier in repeated(keys, len(table.rows))}
    return ((row, first[row.number]) for row in table.rows_of(first))


def _present(table: Table, fields: tuple[str, ...]) -> bool:
    """Does the file have all these columns? It need not, where `fieldsMatch` says so."""
    return all(name in table.columns for name in fields)


def _written(table: Table, row: Row, fields: tuple[str, ...]) -> list[Any]:
    """The key's cells as the file has them."""
    cells = (row.raw[table.resource.positions[name]] for name in fields)
    return ["" if cell is None else cell for cell in cells]
