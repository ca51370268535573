"""How wide a column should be, how high a row, how large a note: from the text in it.

Widths are in digits of the usual font, the unit in which spreadsheets give a column's width.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from sheetpack.workbook.model import Column, Styled

# Advance widths of Arial, in thousandths of its size; other letters are like most of these.
GLYPHS = {
    191: "'",
    222: "ijl",
    278: " !,./:;[\\]fIt",
    333: "()-`r",
    355: '"*|{}',
    500: "ckJsvxyz^",
    556: "0123456789abdeghnopqu#$?_L–",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "wCDHNRU",
    778: "GOQ",
    833: "mM",
    944: "%W",
    1015: "@—…",
}
DIGIT = 556
BOLD = 1.1


class _Widths(dict[str, float]):
    """Character → its width. Those that are not known are looked at once."""

    def __missing__(self, character: str) -> float:
        width = self[character] = 1.8 if east_asian_width(character) in "WF" else 1.0
        return width


WIDTHS = _Widths(
    {character: width / DIGIT for width, letters in GLYPHS.items() for character in letters}
)

NARROWEST = 9
NARROW = 36  # up to here a column is as wide as its longest line
WIDEST = 64
PADDING = 1.5
FILTER_BUTTON = 3
LINES_AIMED_AT = 5

LINE = 15.75  # height of one line, in points
LINE_PIXELS = 21
HIGHEST = 409  # what a spreadsheet allows
HEIGHTS = {"title": 30.0, "heading": 27.0, "figure": 30.0, "line": LINE}
NOTE_WIDTH, NOTE_LINE, NOTE_LINE_HEIGHT = 340, 44, 18  # pixels, digits, pixels


def column_width(header: str, texts: Iterable[str]) -> float:
    """A width that shows most cells whole and wraps long text.

    Args:
        header: Wraps as well, into two lines at most.
        texts: What stands in the column, or a good part of it.
    """
    longest, total, count = 0.0, 0.0, 0
    for text in texts:
        longest = max(longest, max(map(text_width, text.split("\n"))))
        total += text_width(text)
        count += 1
    if longest <= NARROW:
        width = longest + PADDING
    else:
        width = min(max(total / count / LINES_AIMED_AT, NARROW), WIDEST)
    return float(ceil(min(max(_header_width(header), width, NARROWEST), WIDEST)))


def _header_width(header: str) -> float:
    """The narrowest room that shows a header in two lines, with the filter button."""
    words = header.split()
    halves = (
        max(text_width(" ".join(words[:at])), text_width(" ".join(words[at:])))
        for at in range(len(words) + 1)
    )
    return min(halves) * BOLD + FILTER_BUTTON


def row_height(row: Sequence[Any], columns: Sequence[Column]) -> float | None:
    """The height that shows all lines of a row, in points; None for that of a single line.

    Excel would find it by itself, but LibreOffice does not on opening a file.
    """
    lines, height = 1, 0.0
    for cell, column in zip(row, columns, strict=False):
        kind = type(cell)
        if kind is str:
            text, room = cell, column.width
        elif kind is Styled:
            text, style = cell
            if style in HEIGHTS:
                height = max(height, HEIGHTS[style])
                continue
            room = column.width / BOLD if style == "header" else column.width
        else:
            continue
        if isinstance(text, str) and (len(text) * 2 > room or "\n" in text):
            if "\n" in text:
                needed = sum(_lines(line, room) for line in text.split("\n"))
            else:
                needed = _lines(text, room)
            if needed > lines:
                lines = needed
    height = max(height, LINE * lines if lines > 1 else 0.0)
    return min(height, HIGHEST) or None


def note_size(text: str) -> tuple[int, int]:
    """Width and height of a note, in pixels, that shows all of its text."""
    lines = sum(_lines(line, NOTE_LINE) for line in text.split("\n"))
    return NOTE_WIDTH, NOTE_LINE_HEIGHT * (lines + 1)


@lru_cache(maxsize=20_000)
def text_width(text: str) -> float:
    """The room a text takes in one line."""
    return sum(map(WIDTHS.__getitem__, text))


@lru_cache(maxsize=20_000)
def _lines(text: str, room: float) -> int:
    """How many lines a text takes when it is wrapped between words."""
    if text_width(text) + PADDING <= room:
        return 1
    lines, used, space = 1, PADDING, text_width(" ")
    for word in text.split(" "):
        width = text_width(word)
        if used + width > room and used > PADDING:
            lines, used = lines + 1, PADDING
        if width > room:  # broken inside, as an address or a text without spaces is
            lines += int(width / (room - PADDING))
            width = width % (room - PADDING)
        used += width + space
    return lines
