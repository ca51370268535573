"""Lines that fit a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

PIECE = re.compile(r" *[^ ]+| +$")


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: letters of East Asia take two.

    >>> columns("東京 é")
    6
    """
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(c) in "WF" else 0 if combining(c) else 1 for c in text)


def wrapped(text: str, width: int, first: str, later: str) -> Iterator[str]:
    """Break a text into lines no wider than that, between words where there are any.

    Args:
        first: What the first line begins with, and `later` all others; neither is wider
            than the lines.
    """
    line, used, begun = first, columns(first), False
    for piece in PIECE.findall(text):
        if begun and used + columns(piece) > width:
            yield line
            line, used, begun = later, columns(later), False
            piece = piece.lstrip(" ")
        for part in _parts(piece, width - used, width - columns(later)):
            if begun and used + columns(part) > width:
                yield line
                line, used = later, columns(later)
            line, used, begun = line + part, used + columns(part), True
    yield line.rstrip(" ") if not begun else line


def _parts(piece: str, room: int, later_room: int) -> Iterator[str]:
    """A word that is wider than a line, in parts that fill the lines; else the word."""
    part, used = "", 0
    for character in piece if columns(piece) > room else ():
        size = columns(character)
        if part and used + size > room:
            yield part
            part, used, room = "", 0, later_room
        part, used = part + character, used + size
    yield part or piece
