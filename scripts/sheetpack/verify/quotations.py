"""Quotes against their paragraphs: word for word, in the right place, and none forgotten."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from sheetpack.issue import Issue
from sheetpack.table import Table
from sheetpack.verify.places import Reference
from sheetpack.verify.plan import Place
from sheetpack.verify.texts import Shelf

ALIKE = 0.6  # from here on, a quoted span is taken for what a changed quote was
AROUND = 20  # characters shown on both sides of a difference


class Span(NamedTuple):
    """Where words stand in a paragraph: characters from 0, the end not included."""

    start: int
    end: int


@dataclass(frozen=True)
class Found:
    """A quote, and where it stands in its paragraph."""

    quote: Reference
    span: Span


def composed(text: str) -> str:
    """The text in Unicode's composed form (NFC), in which letters are compared and counted."""
    return unicodedata.normalize("NFC", text)


def quoted_spans(paragraph: str, marks: str) -> list[Span]:
    """What stands inside quotation marks, spaces at its ends left out.

    A mark opens a span and the next one closes it, whichever way round they are printed; a
    span that nothing closes runs to the end, as where a quotation goes on in the next
    paragraph.

    >>> quoted_spans("a ”b” and “c d", "“”")
    [Span(start=3, end=4), Span(start=11, end=14)]
    """
    at = [place for place, character in enumerate(paragraph) if character in marks]
    found = []
    for opening, closing in zip(at[::2], [*at[1::2], len(paragraph)], strict=False):
        inside = paragraph[opening + 1 : closing]
        if inside.strip():
            start = opening + 1 + len(inside) - len(inside.lstrip())
            found.append(Span(start, start + len(inside.strip())))
    return found


def locate(
    quotes: Sequence[Reference],
    names: Place,
    table: Table,
    shelf: Shelf,
    marks: str,
    body: Collection[tuple[str, int]],
) -> tuple[list[Found], list[Issue]]:
    """Find each quote in its paragraph, and the quoted spans that are not among the quotes.

    Equal quotes of one paragraph take different places, those inside quotation marks first.

    Args:
        quotes: The rows of the table that refer to a paragraph.
        names: The fields of the table.
        shelf: The texts; quotes of those that are missing are left out.
        body: Text and number of the paragraphs whose quoted spans must all be quotes.

    Returns:
        The quotes that stand where they should, and issues about the others.
    """
    by_paragraph = defaultdict(list)
    for quote in quotes:
        if quote.text in shelf.texts:
            by_paragraph[quote.text, quote.paragraph].append(quote)
    found: list[Found] = []
    issues: list[Issue] = []
    free: list[tuple[str, str]] = []
    for text, number in sorted({*by_paragraph, *body}):
        paragraph = shelf.paragraph(text, number) or ""
        search = _Search(paragraph, quoted_spans(paragraph, marks))
        lost = []
        for quote in by_paragraph[text, number]:
            span = search.take(composed(quote.words))
            if span:
                found.append(Found(quote, span))
            else:
                lost.append(quote)
        # Which spans nobody else takes is known only now.
        issues.extend(_lost(quote, names, shelf, search) for quote in lost)
        if (text, number) in body:
            free.extend((shelf.name(text, number), words) for words in search.free_words())
    issues.extend(_forgotten(free, found, names, table))
    return found, issues


def _forgotten(
    free: list[tuple[str, str]], found: list[Found], names: Place, table: Table
) -> Iterator[Issue]:
    """An issue for each quoted span that is no quote.

    A span is passed over where a row has its words, but another place: that is told already.
    """
    elsewhere = Counter(composed(str(cell)) for cell in table.column(names.text))
    elsewhere -= Counter(composed(each.quote.words) for each in found)
    for place, words in free:
        if elsewhere[words]:
            elsewhere[words] -= 1
        else:
            yield table.issue("quote-forgotten", words=words, place=place)


class _Search:
    """Gives out the places of one paragraph, none of them twice."""

    def __init__(self, paragraph: str, spans: list[Span]):
        self.paragraph = paragraph
        self.free = spans
        self.taken: set[Span] = set()

    def take(self, words: str) -> Span | None:
        """The first free place of these words, if there is one."""
        quoted = (span for span in self.free if self.paragraph[slice(*span)] == words)
        plain = (span for span in self.places(words) if span not in self.taken)
        span = next(quoted, None) or next(plain, None)
        if span:
            self.taken.add(span)
            self.free = [other for other in self.free if other != span]
        return span

    def take_alike(self, words: str) -> str:
        """The free quoted span that is most like these words; "" where none is."""
        closest = get_close_matches(words, self.free_words(), n=1, cutoff=ALIKE)
        if not closest:
            return ""
        del self.free[self.free_words().index(closest[0])]
        return closest[0]

    def free_words(self) -> list[str]:
        """The words of the quoted spans that nobody took."""
        return [self.paragraph[slice(*span)] for span in self.free]

    def places(self, words: str) -> Iterator[Span]:
        """Everywhere that these words stand."""
        for match in re.finditer(f"(?={re.escape(words)})", self.paragraph):
            yield Span(match.start(), match.start() + len(words))


def _lost(quote: Reference, names: Place, shelf: Shelf, search: _Search) -> Issue:
    """Why a quote was not found: it is one too many, stands elsewhere, or reads differently."""
    words = composed(quote.words)
    table, row = quote.table, quote.row
    facts = {"cell": quote.words, "place": shelf.name(quote.text, quote.paragraph)}
    if words in search.paragraph:
        count = len(list(search.places(words)))
        return table.issue("quote-twice", row, names.text, count=count, **facts)
    for number, paragraph in enumerate(shelf.texts[quote.text], start=1):
        if words in paragraph:
            other = shelf.name(quote.text, number)
            return table.issue("quote-moved", row, names.paragraph, other=other, **facts)
    alike = search.take_alike(words)
    if not alike:
        return table.issue("quote-absent", row, names.text, **facts)
    ours, theirs = _difference(words, alike)
    return table.issue("quote-changed", row, names.text, ours=ours, theirs=theirs, **facts)


def _difference(ours: str, theirs: str) -> tuple[str, str]:
    """What both say about the place where they part, so that it is seen in a long text too."""
    pairs = enumerate(zip(ours, theirs, strict=False))
    at = next((at for at, (a, b) in pairs if a != b), min(len(ours), len(theirs)))
    start, end = max(0, at - AROUND), at + AROUND
    return tuple(
        f"{'…' if start else ''}{words[start:end]}{'…' if end < len(words) else ''}"
        for words in (ours, theirs)
    )
