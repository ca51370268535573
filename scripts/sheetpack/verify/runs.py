"""Runs of words: where does something say more words of a text in a row than it may?

A word is letters and digits of any script, without a break. Scripts that put no spaces
between words are a limit: there a whole phrase counts as one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

P = TypeVar("P")
Run = tuple[str, ...]

BREAK = "\x1f"  # stands between two cells: no run goes across it
WORD = re.compile(rf"[^\W_]+|{BREAK}")


class Repeat(NamedTuple, Generic[P]):
    """Words in a row of a text that stand somewhere else too.

    Attributes:
        start, end: Where they stand there, in characters of the composed text.
        words: How many they are.
        place: Where in the texts the first of them stand.
    """

    start: int
    end: int
    words: int
    place: P


def composed(text: str) -> str:
    """The text in Unicode's composed form (NFC): a letter with its accent is one character."""
    return unicodedata.normalize("NFC", text)


def words(text: str) -> list[str]:
    """The words of a text, without regard to capitals, punctuation and line breaks.

    >>> words("Anna’s 2nd “draft”")
    ['anna', 's', '2nd', 'draft']
    """
    return [word.casefold() for word in WORD.findall(composed(text))]


def runs(paragraphs: Iterable[tuple[P, str]], length: int) -> dict[Run, P]:
    """All runs of so many words, each with the first place where it stands.

    A run does not go on from one paragraph into the next.
    """
    found: dict[Run, P] = {}
    for place, text in paragraphs:
        for run in _windows(words(text), length):
            found.setdefault(run, place)
    return found


def without(found: Mapping[Run, P], exempt: Iterable[str], length: int) -> dict[Run, P]:
    """The runs that are not part of an exempt text."""
    allowed = {run for text in exempt for run in _windows(words(text), length)}
    return {run: place for run, place in found.items() if run not in allowed}


def repeats(text: str, forbidden: Mapping[Run, P], length: int) -> Iterator[Repeat[P]]:
    """Where a text has forbidden runs; overlapping ones are told as one."""
    hits = [at for at, run in enumerate(_windows(words(text), length)) if run in forbidden]
    matches = list(WORD.finditer(composed(text))) if hits else []
    while hits:
        size = next((n for n in range(1, len(hits)) if hits[n] - hits[n - 1] > length), len(hits))
        first, last = matches[hits[0]], matches[hits[size - 1] + length - 1]
        count = hits[size - 1] - hits[0] + length
        run = tuple(match[0].casefold() for match in matches[hits[0] : hits[0] + length])
        yield Repeat(first.start(), last.end(), count, forbidden[run])
        del hits[:size]


def _windows(words: list[str], length: int) -> Iterator[Run]:
    """Every run of so many words, from the first to the last."""
    return zip(*(islice(words, at, None) for at in range(length)), strict=False)
