"""Changes inside XML that leave every other byte as it is.

A part of a workbook that is parsed and written anew loses what the writer does not know. Here
the parser only finds where things stand; what changes is a list of `Splice`, made at the end.
Elements are found by their local names, as programs choose the prefixes of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from sheetpack.received.markup import DEEPEST, local

MOST_ELEMENTS = 1_000_000  # of a part that is not a sheet
START_TAG = re.compile(rb"<(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
ATTRIBUTE = re.compile(rb"\s+([^\s=/>]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")  # UTF-16, told by its first two bytes
DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)


class Damaged(ValueError):
    """The XML is not well formed, or holds what no workbook does."""


class Splice(NamedTuple):
    """The bytes from `start` up to `end` are replaced; where both are alike, it is put in."""

    start: int
    end: int
    replacement: bytes


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """The data with all changes made; those at one place in the order given."""
    pieces, at = [], 0
    for start, end, replacement in sorted(splices, key=lambda splice: splice[:2]):
        pieces += [data[at:start], replacement]
        at = end
    return b"".join([*pieces, data[at:]])


@dataclass(eq=False)
class Element:
    """An element and where it stands: `start` to `after`, its content `inside` to `close`."""

    name: str
    attributes: dict[str, str]
    start: int
    inside: int
    close: int = 0
    after: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """What stands before the name, its colon included."""
        return self.name[: -len(local(self.name))]

    def all(self, name: str) -> list[Element]:
        """Its children of that name."""
        return [child for child in self.children if local(child.name) == name]

    def first(self, name: str) -> Element | None:
        """Its first child of that name."""
        return next(iter(self.all(name)), None)

    def get(self, name: str, default: str = "") -> str:
        """An attribute by its local name."""
        found = (value for key, value in self.attributes.items() if local(key) == name)
        return next(found, default)

    def bytes(self, data: bytes) -> bytes:
        """The whole element as it stands in the data."""
        return data[self.start : self.after]

    def with_attributes(self, data: bytes, changes: Mapping[str, str | None]) -> Splice:
        """Sets attributes, or takes out those that are None."""
        tag = data[self.start : self.inside]
        return Splice(self.start, self.inside, with_attributes(tag, changes))

    def with_content(self, data: bytes, content: bytes) -> list[Splice]:
        """Puts something into it, behind all that it holds."""
        if not content:
            return []
        if self.close == self.after:  # nothing in it, and no end tag
            return opened(data, self.start, self.inside, self.name, content)
        return [Splice(self.close, self.close, content)]


def opened(data: bytes, start: int, end: int, name: str, content: bytes) -> list[Splice]:
    """Puts something into an element that is one tag, such as `<row r="1"/>`."""
    slash = data.rindex(b"/", start, end)
    return [Splice(slash, end, b">" + content + f"</{name}>".encode())]


def with_attributes(tag: bytes, changes: Mapping[str, str | None]) -> bytes:
    """A start tag with attributes set, or taken out where they are None."""
    places = {match[1].decode(): match.span() for match in ATTRIBUTE.finditer(tag)}
    end = len(tag.removesuffix(b">").removesuffix(b"/").rstrip())
    splices = []
    for name, value in changes.items():
        start, stop = places.get(name, (end, end))
        new = b"" if value is None else f' {name}="'.encode() + escaped(value) + b'"'
        splices.append(Splice(start, stop, new))
    return spliced(tag, splices)


def escaped(text: str) -> bytes:
    """A text for XML, in ASCII, so that it fits whatever the encoding of the part is."""
    for character, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, name)
    text = re.sub(r"[\t\n\r]", lambda match: f"&#{ord(match[0])};", text)
    return text.encode("ascii", "xmlcharrefreplace")


def in_bytes(data: bytes) -> bytes:
    """The same XML with the signs of XML one byte each: UTF-16 is written anew as UTF-8."""
    if not data.startswith(WIDE):
        return data
    order = "utf-16" if data[0] > 0x7F else "utf-16-le" if data[1] == 0 else "utf-16-be"
    try:
        return DECLARATION.sub("", data.decode(order)).encode()
    except UnicodeError as error:
        raise Damaged(str(error)) from error


def parse(parser: expat.XMLParserType, data: bytes) -> None:
    """Run a parser over a whole part.

    Raises:
        Damaged: It is not well formed, or has a document type.
    """
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Damaged(str(error)) from error


def tag_end(data: bytes, start: int) -> int:
    """Where the start tag ends that begins at `start`."""
    match = START_TAG.match(data, start)
    if match is None:
        raise Damaged("a tag that does not end")
    return match.end()


def tree(data: bytes) -> Element:
    """All elements of a small part; a sheet, which may be large, is not read this way.

    Raises:
        Damaged: It is not well formed, or holds what no workbook does.
    """
    parser = expat.ParserCreate()
    top = Element("", {}, 0, 0)
    open_ones = [top]
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MOST_ELEMENTS or len(open_ones) > DEEPEST:
            raise Damaged("too many elements")
        at = parser.CurrentByteIndex
        element = Element(name, attributes, at, tag_end(data, at))
        open_ones[-1].children.append(element)
        open_ones.append(element)

    def end(_: str) -> None:
        element = open_ones.pop()
        if data[element.inside - 2 : element.inside] == b"/>":
            element.close = element.after = element.inside
        else:
            element.close = parser.CurrentByteIndex
            element.after = data.index(b">", element.close) + 1

    def text(words: str) -> None:
        open_ones[-1].text += words

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parse(parser, data)
    return top.children[0]


def _refuse(*_: object) -> None:
    raise Damaged("a document type")
