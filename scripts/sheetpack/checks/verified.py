"""Quotes that were changed since they were verified: seen without the texts, by the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetpack import catalogue
from sheetpack.issue import Issue
from sheetpack.package import Package
from sheetpack.table import Row, Table
from sheetpack.verify import plan, record
from sheetpack.verify.plan import Plan
from sheetpack.verify.record import Entry
from sheetpack.verify.texts import Section, content, number, sections


def verified(package: Package, tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Quotes that are not as the record has them: edited, moved, added or deleted since.

    A text with another fingerprint than the recorded one is told too. Nothing is checked
    while the quotes or the texts cannot be read.
    """
    want = plan.of(package)
    if want is None or not {want.quotes.resource, want.texts.resource} <= tables.keys():
        return
    quotes, texts = tables[want.quotes.resource], tables[want.texts.resource]
    (key,) = quotes.resource.primary_key
    try:
        entries = record.read(content(package.folder / want.record), record.header(want, key))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        yield catalogue.issue("unverified-record", file=want.record, reason=reason)
        return
    listed = sections(want.texts, texts)
    for row in quotes.rows:
        entry = entries.pop(quotes.key_text(row), None)
        yield from _changes(want, quotes, row, entry, listed)
    for name in entries:
        yield catalogue.issue("unverified-deleted", file=want.record, name=name)


def _changes(
    want: Plan, table: Table, row: Row, entry: Entry | None, listed: Mapping[str, Section]
) -> Iterator[Issue]:
    """What is different about one quote."""
    names = want.quotes
    words, source, cell = (
        str(row.values[table.resource.positions[name]])
        for name in (names.text, names.source, names.paragraph)
    )
    paragraph = str(number(cell))  # as the record has it: "01" is 1
    if entry is None:
        yield table.issue("unverified-added", row)
        return
    if record.fingerprint(words) != entry.sha256:
        yield table.issue("unverified-edited", row, names.text)
    if (source, paragraph) != (entry.source, entry.paragraph):
        field = names.source if source != entry.source else names.paragraph
        facts = {"source": entry.source, "paragraph": entry.paragraph}
        yield table.issue("unverified-moved", row, field, **facts)
    elif source in listed and listed[source].sha256 != entry.text_sha256:
        yield table.issue("unverified-text", row, names.source, label=listed[source].label)
