"""The texts of a workbook that its cells name by number, and texts as people see them."""

from __future__ import annotations

from sys import getsizeof

from sheetpack.received.archive import Part
from sheetpack.received.markup import DEEPEST, LONGEST_TEXT, Attributes, feed, local
from sheetpack.workbook.rows import unescape

MOST_MEMORY = 512 << 20


def shared_texts(part: Part) -> list[str]:
    """All shared texts, in order; of a text in several fonts its parts are joined.

    Raises:
        Refusal: The part is damaged, or holds more than fits into memory.
    """
    reader = _SharedTexts(part)
    for _ in feed(part, reader.start, reader.end, reader.pieces):
        if reader.memory > MOST_MEMORY:
            raise part.refusal("received-too-much-text")
    return reader.found


def plain(text: str) -> str:
    """A text as people see it, where a part of a workbook may write characters as numbers.

    >>> plain("a_x000D_b")
    'a\\rb'
    """
    if "_x" not in text:
        return text
    text = unescape(text)
    # Half a character makes no text; two halves that belong together make one.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _SharedTexts:
    """Collects texts while they are parsed. Readings aids (`rPh`) are no part of a text."""

    def __init__(self, part: Part):
        self.part = part
        self.found: list[str] = []
        self.memory = 0
        self.pieces: list[str] = []
        self.runs: list[str] = []
        self.length = 0
        self.depth = 0
        self.aids = 0

    def start(self, name: str, _: Attributes) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.part.refusal("received-deep")
        self.pieces.clear()
        if name != "t":
            name = local(name)
            if name == "si":
                self.runs = []
                self.length = 0
            elif name == "rPh":
                self.aids += 1

    def end(self, name: str) -> None:
        self.depth -= 1
        name = local(name)
        if name == "t" and not self.aids:
            text = "".join(self.pieces)
            self.runs.append(text)
            self.length += len(text)
            if self.length > LONGEST_TEXT:
                raise self.part.refusal("received-long-text", most=f"{LONGEST_TEXT:,}")
        elif name == "si":
            text = plain("".join(self.runs))
            self.found.append(text)
            self.memory += getsizeof(text)
        elif name == "rPh":
            self.aids -= 1
        self.pieces.clear()
