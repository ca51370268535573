"""What differs between two long texts: the words that changed, and a few around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

TOKEN = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")  # a word or a sign, with the space before it
CONTEXT = 5  # tokens on either side
FEWEST_ALIKE = 2  # words in a row that are alike by more than chance
MOST_PAIRS = 100_000  # of equal tokens; the time to compare two texts grows with these
LEFT_OUT = "…"
SPACE = "␣"


class _Run(NamedTuple):
    """A stretch of both texts that is alike, or differs."""

    alike: bool
    old: Sequence[str]
    new: Sequence[str]


def excerpts(old: str, new: str) -> tuple[str, str]:
    """The parts of both texts that differ, each between the words around it.

    What is left out is alike in both, and shown as an ellipsis. Spaces that differ are made
    visible.
    """
    runs = list(_runs(TOKEN.findall(old), TOKEN.findall(new)))
    return _told(runs, [run.old for run in runs]), _told(runs, [run.new for run in runs])


def _runs(old: list[str], new: list[str]) -> Iterator[_Run]:
    """The two texts side by side, alike and different in turn.

    The beginning and the end that are alike are taken off first, as to compare all words of
    one text with all of the other takes long.
    """
    shorter = min(len(old), len(new))
    begin = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - begin
    end = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    middle_old, middle_new = old[begin : len(old) - end], new[begin : len(new) - end]
    yield _Run(True, old[:begin], new[:begin])
    yield from _middle(middle_old, middle_new)
    yield _Run(True, old[len(old) - end :], new[len(new) - end :])


def _middle(old: list[str], new: list[str]) -> Iterator[_Run]:
    counts = Counter(new)
    if sum(counts[token] for token in old) > MOST_PAIRS:
        yield _Run(False, old, new)
        return
    begun_old = begun_new = 0  # where the present difference begins
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        alike = old[block.a : block.a + block.size]
        if block.size and sum(token[-1].isalnum() for token in alike) < FEWEST_ALIKE:
            continue
        if block.a > begun_old or block.b > begun_new:
            yield _Run(False, old[begun_old : block.a], new[begun_new : block.b])
        if alike:
            yield _Run(True, alike, alike)
        begun_old, begun_new = block.a + block.size, block.b + block.size


def _told(runs: Sequence[_Run], texts: Sequence[Sequence[str]]) -> str:
    words = []
    for number, (run, tokens) in enumerate(zip(runs, texts, strict=True)):
        if not run.alike:
            other = run.new if tokens is run.old else run.old
            words.append(_visible("".join(tokens), "".join(other)))
            continue
        # Nothing stands before the first run or behind the last one that would need context.
        after = CONTEXT if number > 0 else 0
        before = CONTEXT if number < len(runs) - 1 else 0
        if len(tokens) <= after + before + 1:
            words.append("".join(tokens))
        else:
            words.append("".join(tokens[:after]).rstrip() + " " * (after > 0) + LEFT_OUT)
            words.append(" " * (before > 0) + "".join(tokens[len(tokens) - before :]).lstrip())
    return "".join(words)


def _visible(words: str, other: str) -> str:
    """A space alone cannot be seen, nor can more of them."""
    return words.replace(" ", SPACE) if words.split() == other.split() else words
