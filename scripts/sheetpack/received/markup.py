"""XML from a stranger, parsed piece by piece: nothing in it can make us use much memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from sheetpack.received.archive import Part

DEEPEST = 64
LONGEST_TEXT = 10_000_000
LONGEST_TAG = 16 << 20  # bytes
LARGEST_SCANNED = 256 << 20  # bytes
MOST_NAMES = 10_000  # different names of elements and attributes

Attributes = dict[str, str]


class Element(NamedTuple):
    """The beginning or the end of an element.

    Attributes:
        name: Without its prefix, as the attributes' names are.
        attributes: None at the end of the element.
        text: The text right before its end, as far as it stands in no other element; "" at
            its beginning.
    """

    name: str
    attributes: Attributes | None
    text: str = ""


def feed(
    part: Part,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    texts: list[str],
) -> Iterator[None]:
    """Parse a part piece by piece.

    The two handlers are called with names as they are written, prefix and all. They keep
    count of how deep they are (`DEEPEST`), which nobody else could as cheaply.

    Args:
        texts: Is given all text, in as many pieces as it comes in.

    Yields:
        None after each piece, so that what is complete can be handed on.

    Raises:
        Refusal: The part is damaged, no proper XML, or built to do harm. A `ValueError` or
            `LookupError` of a handler is taken to mean that the part isn't as it should be.
    """
    names: dict[str, str] = {}
    parser = ParserCreate(intern=names)
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append

    def refuse_doctype(*_: object) -> None:
        raise part.refusal("received-doctype")

    parser.StartDoctypeDeclHandler = refuse_doctype
    fed = 0
    with sound(part):
        for piece in part.pieces():
            parser.Parse(piece)
            fed += len(piece)
            texts[:] = ["".join(texts)]
            if len(texts[0]) > LONGEST_TEXT or fed - parser.CurrentByteIndex > LONGEST_TAG:
                raise part.refusal("received-long-text", most=f"{LONGEST_TEXT:,}")
            if len(names) > MOST_NAMES:
                raise part.refusal("received-xml")
            yield
        parser.Parse(b"", True)
        yield


@contextmanager
def sound(part: Part) -> Iterator[None]:
    """Refuse a part that turns out not to be as it should be.

    Raises:
        Refusal: In place of what such a part makes the code within raise.
    """
    try:
        yield
    except (ExpatError, ValueError, LookupError) as error:
        raise part.refusal("received-xml") from error
    except MemoryError as error:
        raise part.refusal("received-memory") from error


def scan(part: Part, wanted: Collection[str], largest: int = LARGEST_SCANNED) -> Iterator[Element]:
    """The beginnings and ends of certain elements, in order.

    Args:
        wanted: Names of elements, without prefix.
        largest: How many bytes the part may have.

    Raises:
        Refusal: The part is larger, or as `feed` says.
    """
    if part.size > largest:
        raise part.refusal("received-bomb")
    found: list[Element] = []
    texts: list[str] = []
    depth = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise part.refusal("received-deep")
        texts.clear()
        name = local(name)
        if name in wanted:
            plain = {local(each): value for each, value in attributes.items()}
            found.append(Element(name, plain))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        name = local(name)
        if name in wanted:
            found.append(Element(name, None, "".join(texts)))
        texts.clear()

    for _ in feed(part, start, end, texts):
        yield from found
        found.clear()


def mentions(part: Part, name: bytes) -> bool:
    """Can there be an element of that name? Seen without parsing, as names are never escaped."""
    before = b""
    for piece in part.pieces():
        window = before + piece
        if name in window or b"\0" in window:  # a zero byte: it is written in UTF-16
            return True
        before = window[-len(name) :]
    return False


def local(name: str) -> str:
    """A name without its prefix.

    >>> local("x:row")
    'row'
    """
    return name.rpartition(":")[2]
