"""Keys: rows that cannot be told apart, and references that lead nowhere.

Values are compared as Frictionless compares them: typed, blank keys aside.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from sheetpack.catalogue import did_you_mean
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
        for row, key in zip(table.rows, _keys(table, fields), strict=True):
            if key[0] is not None or not _is_blank(key):
                continue
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
    known = {found for found in _keys(parent, key.reference_fields) if not _is_blank(found)}
    all_wanted = _keys(table, key.fields)
    strange = {wanted for wanted in set(all_wanted) - known if not _is_blank(wanted)}
    if not strange:
        return
    candidates = sorted(" / ".join(map(str, found)) for found in known if None not in found)
    told = _told(table, "type-", "row-")
    guesses = 0
    for row, wanted in zip(table.rows, all_wanted, strict=True):
        if wanted not in strange:
            continue
        if any((row.number, name) in told for name in ("", *key.fields)):
            continue
        guesses += 1
        wanted_text = " / ".join(map(str, wanted))
        yield table.issue(
            "reference",
            row,
            key.fields[0],
            value=_written(table, row, key.fields),
            fields=parent.headings(key.reference_fields),
            parent=parent.called,
            parent_file=parent.resource.file or key.reference,
            guess=did_you_mean(wanted_text, candidates if guesses <= MOST_GUESSES else ()),
        )


def _told(table: Table, *codes: str) -> set[tuple[int, str]]:
    """Rows (with field "") and cells about which something was said while reading.

    What is said about their keys besides would only repeat it, or mislead.
    """
    return {
        (issue.row, issue.field)
        for issue in table.issues
        if issue.row and (not codes or issue.code.startswith(codes))
    }


def _keys(table: Table, fields: tuple[str, ...]) -> list[Key]:
    """The key of each row."""
    columns = (table.column(name) for name in fields)
    keys = list(zip(*columns, strict=True))
    try:
        set(keys)
    except TypeError:  # a list or an object in one of them
        return [tuple(map(_comparable, key)) for key in keys]
    return keys


def _comparable(value: Any) -> Hashable:
    """The value itself, or its text where it cannot be looked up (a list, an object)."""
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return value


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
    keys = _keys(table, fields)
    if len(set(keys)) == len(keys):
        return
    first: dict[Key, int] = {}
    for row, key in zip(table.rows, keys, strict=True):
        if _is_blank(key) or (not blanks_count and None in key):
            continue
        earlier = first.setdefault(key, row.number)
        if earlier != row.number:
            yield row, earlier


def _present(table: Table, fields: tuple[str, ...]) -> bool:
    """Does the file have all these columns? It need not, where `fieldsMatch` says so."""
    return all(name in table.columns for name in fields)


def _written(table: Table, row: Row, fields: tuple[str, ...]) -> list[Any]:
    """The key's cells as the file has them."""
    cells = (row.raw[table.resource.positions[name]] for name in fields)
    return ["" if cell is None else cell for cell in cells]
