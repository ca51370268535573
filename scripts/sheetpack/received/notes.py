"""What people noted at the cells of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sheetpack.received.archive import Part
from sheetpack.received.markup import Attributes, scan, sound
from sheetpack.received.model import Comment
from sheetpack.received.parts import beginnings, limit
from sheetpack.received.ranges import corners
from sheetpack.received.texts import plain

# The author of a note that only stands in for a conversation, for programs that know none.
STANDING_IN = "tc="
MOST_TEXT = 64 << 20  # characters of all notes of a workbook
MEMORY_OF_EACH = 200


class Bound:
    """Counts what all notes of a workbook take."""

    def __init__(self) -> None:
        self.spent = 0

    def within(self, part: Part, comments: Iterable[Comment]) -> Iterator[Comment]:
        """The same comments. Raises `Refusal` where they are more than is reasonable."""
        for comment in comments:
            self.spent += len(comment.text) + len(comment.author) + MEMORY_OF_EACH
            if self.spent > MOST_TEXT:
                raise part.refusal("received-too-much-text")
            yield comment


def notes(part: Part) -> Iterator[Comment]:
    """Notes at cells, but for those that stand in for a conversation."""
    authors: list[str] = []
    texts: list[str] = []
    place: Attributes = {}
    aids = 0
    with sound(part):
        for name, attributes, text in scan(part, {"author", "comment", "t", "rPh"}):
            if name == "rPh":
                aids += 1 if attributes is not None else -1
            elif attributes is not None:
                if name == "comment":
                    place = attributes
                    texts = []
            elif name == "author":
                limit(part, len(authors), "authors of notes")
                authors.append(plain(text))
            elif name == "t" and not aids:
                texts.append(text)
            elif name == "comment":
                number = int(place.get("authorId") or -1)
                author = authors[number] if 0 <= number < len(authors) else ""
                if not author.startswith(STANDING_IN):
                    yield _comment(place, author, "".join(texts))


def conversations(part: Part, people: Mapping[str, str]) -> Iterator[Comment]:
    """What people wrote to each other at cells.

    Args:
        people: Their names, as `people` gives them.
    """
    place: Attributes = {}
    words = ""
    with sound(part):
        for name, attributes, text in scan(part, {"threadedComment", "text"}):
            if attributes is not None:
                if name == "threadedComment":
                    place = attributes
                    words = ""
            elif name == "text":
                words = text
            else:
                yield _comment(place, people.get(place.get("personId", ""), ""), words)


def people(part: Part) -> dict[str, str]:
    """Who took part in conversations: number → name."""
    found: dict[str, str] = {}
    with sound(part):
        for attributes in beginnings(part, "person"):
            limit(part, len(found), "authors of notes")
            found[attributes["id"]] = attributes.get("displayName", "")
    return found


def _comment(place: Attributes, author: str, text: str) -> Comment:
    row, column, *_ = corners(place["ref"])
    return Comment(row, column, author, plain(text))
