"""The small parts of a workbook: which sheets it has, and what belongs to them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from sheetpack.received.archive import LARGEST_PART, Archive, Part
from sheetpack.received.markup import LARGEST_SCANNED, Attributes, mentions, scan, sound
from sheetpack.received.texts import plain

MOST = 100_000  # of anything that is listed
USUAL_WORKBOOK = "xl/workbook.xml"


class Relation(NamedTuple):
    """Something that belongs to a part.

    Attributes:
        kind: The last word of its type, such as "worksheet".
        target: The name of the part it leads to; "" where that lies outside the file.
    """

    kind: str
    target: str


class ListedSheet(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    relation: str


class Contents(NamedTuple):
    """What the workbook says of itself."""

    sheets: list[ListedSheet]
    from_1904: bool


def relations(archive: Archive, name: str, called: str) -> dict[str, Relation]:
    """What belongs to a part, by the number that the part knows it by.

    Args:
        name: The part; "" for the file as a whole.
    """
    folder, _, base = name.rpartition("/")
    part = archive.part(posixpath.join(folder, "_rels", f"{base}.rels"), called)
    found: dict[str, Relation] = {}
    if part is None:
        return found
    with sound(part):
        for attributes in beginnings(part, "Relationship"):
            limit(part, len(found), "links between its parts")
            target = ""
            if attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))
                if not archive.part(target, called):
                    target = unquote(target)
            found[attributes["Id"]] = Relation(attributes["Type"].rpartition("/")[2], target)
    return found


def workbook(archive: Archive) -> Part | None:
    """The part that lists the sheets; None where the file is no workbook."""
    called = "its list of sheets"
    for relation in relations(archive, "", called).values():
        if relation.kind == "officeDocument":
            return archive.part(relation.target, called)
    return archive.part(USUAL_WORKBOOK, called)


def contents(part: Part) -> Contents:
    """What the workbook lists."""
    sheets: list[ListedSheet] = []
    from_1904 = False
    with sound(part):
        for name, attributes, _ in scan(part, {"sheet", "workbookPr"}):
            if attributes is None:
                continue
            if name == "workbookPr":
                from_1904 = attributes.get("date1904", "").lower() in ("1", "true", "on")
                continue
            limit(part, len(sheets), "sheets")
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(ListedSheet(plain(attributes["name"]), hidden, attributes.get("id", "")))
    return Contents(sheets, from_1904)


def table(part: Part) -> tuple[str, str]:
    """The name and the range of a real table."""
    with sound(part):
        attributes = next(beginnings(part, "table"), {})
        name = attributes.get("displayName") or attributes["name"]
        return plain(name), attributes["ref"]


def merged(part: Part) -> list[str]:
    """The ranges of merged cells of a sheet."""
    found: list[str] = []
    if not mentions(part, b"mergeCell"):
        return found  # as in most sheets; to parse one anew would take as long as its rows
    with sound(part):
        for attributes in beginnings(part, "mergeCell", LARGEST_PART):
            limit(part, len(found), "merged cells")
            found.append(attributes["ref"])
    return found


def beginnings(part: Part, name: str, largest: int = LARGEST_SCANNED) -> Iterator[Attributes]:
    """The attributes of all elements of a name."""
    for element in scan(part, {name}, largest):
        if element.attributes is not None:
            yield element.attributes


def limit(part: Part, number: int, what: str) -> None:
    """Raises `Refusal` where a part lists more than is reasonable."""
    if number >= MOST:
        raise part.refusal("received-too-many", what=what, most=f"{MOST:,}")
