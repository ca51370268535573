"""The record of what was verified: where each quote stands, and a fingerprint of its words.

It never holds the words themselves. Places are those of a TextPositionSelector of the W3C's
Web Annotation Data Model: characters (Unicode code points) of the paragraph, composed (NFC),
counted from 0, the end not included.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from sys import intern

from sheetpack import canonical
from sheetpack.verify.plan import Plan
from sheetpack.verify.quotations import Found, composed
from sheetpack.verify.texts import Section

MEASURES = ("start", "end", "sha256", "text_sha256")


@dataclass(frozen=True, slots=True)
class Entry:
    """What was recorded about one quote."""

    source: str
    paragraph: str
    sha256: str
    text_sha256: str


def header(plan: Plan, key: str) -> list[str]:
    """The columns: those of the quotes that say which one and where, then what was measured."""
    return [key, plan.quotes.source, plan.quotes.paragraph, *MEASURES]


def fingerprint(words: str) -> str:
    """SHA-256 of the words, composed and in UTF-8."""
    return hashlib.sha256(composed(words).encode()).hexdigest()


def made(plan: Plan, key: str, found: Iterable[Found], sections: Mapping[str, Section]) -> bytes:
    """The record as a CSV in canonical form, in the order of the quotes' keys."""
    rows = []
    for each in found:
        quote = each.quote
        name = quote.table.key_text(quote.row)
        where = (quote.source, quote.paragraph, each.span.start, each.span.end)
        text = sections[quote.text].sha256
        rows.append((name, *where, fingerprint(quote.words), text))
    file = io.StringIO(newline="")
    csv.writer(file).writerows([header(plan, key), *sorted(rows)])
    return canonical.form(file.getvalue().encode(), csv.get_dialect("excel"))


def read(data: bytes, columns: list[str]) -> dict[str, Entry]:
    """The entries of a record by the keys of the quotes.

    Raises:
        ValueError: It is not a record as `made` makes it.
    """
    entries = {}
    try:
        rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
        is_record = next(rows, None) == columns
        for row in rows:
            is_record &= len(row) == len(columns)
            if not is_record:
                break
            key, source, paragraph, _, _, sha256, text = row
            # Most say the same; it is kept once.
            entries[key] = Entry(intern(source), intern(paragraph), sha256, intern(text))
    except csv.Error as error:
        raise ValueError(error) from error
    if not is_record:
        raise ValueError("its columns are not those of a record")
    return entries
