"""What writing programs do to texts by themselves: other spaces, quotation marks and dashes."""

from __future__ import annotations

import re

WIDE = "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
EDGES = " \n\r\x0b\x0c\x85\u2028\u2029\u200b\u2060\ufeff" + WIDE
QUOTES = "“”„‟‘’‚‛«»‹›"

_SPACES = str.maketrans(dict.fromkeys(WIDE, " "))
_LINE_END = re.compile(r"\r\n?")
_PART = re.compile(r"\.\.\.|--|« ?|‹ ?| ?»| ?›|.", re.DOTALL)
# What stood in a text → what is put in its place while somebody types.
_MADE_OF = {
    '"': {"“", "”", "„", "‟", "«", "« ", "»", " »"},
    "'": {"‘", "’", "‚", "‛", "‹", "‹ ", "›", " ›"},
    "-": {"–", "—", "‑", "−"},
    "--": {"–", "—"},
    "...": {"…"},
}
_STRAIGHT = {pretty: plain for plain, all_ in _MADE_OF.items() for pretty in sorted(all_)} | {
    "–": "-",
    "—": "-",
}


def line_ends(text: str) -> str:
    """A text whose lines end alike, with a line feed."""
    return _LINE_END.sub("\n", text) if "\r" in text else text


def trimmed(text: str, before: str) -> str:
    """A text without spaces at its edges, except those that it had before.

    >>> trimmed(" new ", "old "), trimmed("new\\u00a0", "old")
    ('new ', 'new')
    """
    inner = text.strip(EDGES)
    if inner == text or not inner:
        return inner
    start, end = _edges(text)
    old_start, old_end = _edges(before)
    return (start if start == old_start else "") + inner + (end if end == old_end else "")


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip(EDGES))], text[len(text.rstrip(EDGES)) :]


def spaced(text: str) -> str:
    """A text with plain spaces in the place of non-breaking, wide and narrow ones."""
    return text.translate(_SPACES)


def is_prettified(before: str, after: str) -> bool:
    """Do two texts differ in nothing but what writing programs make prettier?

    Quotation marks, dashes and dots may have become typographic; the other way round it is
    somebody's own doing.

    >>> is_prettified("it's --", "it’s —"), is_prettified("it’s", "it's")
    (True, False)
    """
    old, new = _PART.findall(spaced(before)), _PART.findall(spaced(after))
    return len(old) == len(new) and all(
        a == b or b in _MADE_OF.get(a, ()) for a, b in zip(old, new, strict=True)
    )


def new_quotes(before: str, after: str) -> bool:
    """Are there typographic quotation marks in a text of a kind that it had none of?"""
    return any(mark in after and mark not in before for mark in QUOTES)


def loosely(text: str) -> str:
    """A text as people would call it the same: without regard to case, spaces and dashes.

    >>> loosely(" North  Korea’s") == loosely("north korea's")
    True
    """
    straight = "".join(_STRAIGHT.get(part, part) for part in _PART.findall(spaced(text)))
    return " ".join(straight.split()).casefold()
