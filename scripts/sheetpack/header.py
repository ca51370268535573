"""What is wrong with the first row of a file, told once and not again in every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

import frictionless

from sheetpack import canonical
from sheetpack.issue import Issue
from sheetpack.table import Table

DELIMITERS = {",": ",", ";": ";", "\t": "tab", "|": "|"}


def issues(table: Table, source: frictionless.Resource) -> Iterator[Issue]:
    """Compare the header of an open resource with its fields.

    Frictionless says whether the header is wrong. It compares by position, so that one
    missing column makes every later one wrong; we say what is missing and what is too much.
    """
    if not source.labels and not source.fragment:
        yield table.issue("file-empty")
        return
    if source.header.valid:
        return
    labels = [str(label) for label in source.labels]
    if not stands_in_place(source):
        yield table.issue("header-rows-unread", level="warning")
    other = _other_delimiter(source, labels)
    if other:
        wanted = canonical.dialect_of(source).delimiter
        names = {"delimiter": DELIMITERS.get(wanted, wanted), "found": DELIMITERS[other]}
        yield table.issue("header-delimiter", 1, **names)
        return
    found = list(_differences(table, source, labels))
    yield from found or [table.issue("header-wrong", 1, labels=labels, names=_names(source))]


def stands_in_place(source: frictionless.Resource) -> bool:
    """Can rows be told by the position of their cells, though the header is wrong?

    So it is where names are misspelt, repeated or not there at all, or columns follow that
    are too many, but none stands where another one belongs.
    """
    names = [_key(source, name) for name in _names(source)]
    labels = [_key(source, label or "") for label in source.labels]
    if len(labels) < len(names) or source.schema.fields_match != "exact":
        return False
    return all(label not in names or labels[names.index(label)] == label for label in labels)


def fields_in_place(source: frictionless.Resource) -> list[frictionless.Field]:
    """The fields of a file whose columns stand in place; of those too many, anything is right."""
    fields = source.schema.fields
    extra = [f"column {at}" for at in range(len(fields) + 1, len(source.labels) + 1)]
    return [*fields, *(frictionless.fields.AnyField(name=name) for name in extra)]


def _other_delimiter(source: frictionless.Resource, labels: list[str]) -> str:
    """What parts the columns, if all of them stand in one cell; "" where they don't."""
    known = {_key(source, name) for name in _names(source)}
    if len(labels) != 1 or len(known) == 1:
        return ""
    for mark in DELIMITERS:
        if known <= {_key(source, part) for part in labels[0].split(mark)}:
            return mark
    return ""


def duplicates(table: Table, source: frictionless.Resource) -> Iterator[Issue]:
    """Column names that stand in the header more than once."""
    labels = [_key(source, label) for label in source.labels if label]
    for label, count in Counter(labels).items():
        if count > 1:
            yield table.issue("header-duplicate", 1, label=label, count=count)


def _differences(table: Table, source: frictionless.Resource, labels: list[str]) -> Iterator[Issue]:
    names = _names(source)
    known = {_key(source, name) for name in names}
    present = {_key(source, label) for label in labels}
    mode = source.schema.fields_match
    extra = [label for label in labels if label and _key(source, label) not in known]
    missing = [name for name in names if _key(source, name) not in present]
    if mode in ("superset", "partial"):
        missing = [name for name in missing if _needed(source, name)]
    if not present & known:
        return
    yield from duplicates(table, source)
    for at, label in enumerate(labels, start=1):
        if not label and mode == "exact":
            yield table.issue("header-blank", 1, position=at)
    for label in list(extra):
        closest = get_close_matches(label, missing, n=1, cutoff=0.7)
        if closest:
            yield table.issue("header-misspelt", 1, label=label, name=closest[0])
            extra.remove(label)
            missing.remove(closest[0])
    if mode in ("exact", "equal", "superset"):
        for label in extra:
            yield table.issue("header-extra", 1, label=label)
    for name in missing:
        yield table.issue("header-missing", 1, name=name)
    if mode == "exact" and present == known and len(labels) == len(names):
        yield table.issue("header-order", 1, names=names)


def _needed(source: frictionless.Resource, name: str) -> bool:
    """Must the column be there even where `fieldsMatch` lets columns be absent?"""
    return source.schema.get_field(name).required or name in source.schema.primary_key


def _names(source: frictionless.Resource) -> list[str]:
    return [field.name for field in source.schema.fields]


def _key(source: frictionless.Resource, label: str) -> str:
    return str(label) if source.dialect.header_case else str(label).lower()
