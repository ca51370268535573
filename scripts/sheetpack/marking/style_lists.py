"""The lists of which the styles of a workbook consist, and how they grow."""

from __future__ import annotations

import re
from typing import TypeAlias

from sheetpack.marking.splicing import Element, Splice, tree
from sheetpack.received.markup import local

BARE = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
# In the order of the standard; and what each begins with in a workbook that lacks it.
FIRST = {
    "numFmts": (),
    "fonts": ('<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',),
    "fills": (
        '<fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill>',
    ),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellStyleXfs": (BARE,),
    "cellXfs": (BARE,),
}
# Whether a part of a style counts; spreadsheets take the part in either case.
SAID_ANYWAY = {"applyFill", "applyFont"}

Form: TypeAlias = tuple[str, tuple[tuple[str, str], ...], tuple["Form", ...]]


class StyleList:
    """Fonts, fills, borders or whole styles; other lists and cells name them by their place."""

    def __init__(self, name: str, root: Element, data: bytes):
        self.name, self.prefix, self.old = name, root.prefix, root.first(name)
        self.items = [child.bytes(data) for child in self.old.children] if self.old else []
        self.known = len(self.items)
        if not self.items:
            self.items = [prefixed(item, self.prefix) for item in FIRST[name]]
        self.elements = [tree(item) for item in self.items]
        self.places: dict[Form, int] = {}
        for place, element in enumerate(self.elements):
            self.places.setdefault(form(element), place)

    def place(self, item: bytes) -> int:
        """The place of an item; it is added where none says the same."""
        element = tree(item)
        place = self.places.setdefault(form(element), len(self.items))
        if place == len(self.items):
            self.items.append(item)
            self.elements.append(element)
        return place

    def splices(self, data: bytes, behind: int) -> list[Splice]:
        """Writes what was added.

        Args:
            behind: Where the list goes if there is none yet.
        """
        if self.known == len(self.items):
            return []
        count = str(len(self.items))
        if self.old and self.known:
            counted = self.old.with_attributes(data, {"count": count})
            return [counted, *self.old.with_content(data, b"".join(self.items[self.known :]))]
        name = f"{self.prefix}{self.name}"
        start = f'<{name} count="{count}">'.encode()
        whole = start + b"".join(self.items) + f"</{name}>".encode()
        place = (self.old.start, self.old.after) if self.old else (behind, behind)
        return [Splice(*place, whole)]


def form(element: Element) -> Form:
    """What an element says, however it is written."""
    attributes = sorted(
        (local(name), value)
        for name, value in element.attributes.items()
        if name not in SAID_ANYWAY
    )
    return local(element.name), tuple(attributes), tuple(map(form, element.children))


def prefixed(xml: str, prefix: str) -> bytes:
    """Elements as they are named in a part that gives names a prefix.

    >>> prefixed("<fill><patternFill/></fill>", "x:")
    b'<x:fill><x:patternFill/></x:fill>'
    """
    return re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", xml).encode()
