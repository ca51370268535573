"""Opening a workbook that a stranger sent.

Read here rather than by openpyxl, which gives either formulas or values, trips over styles it
doesn't know, and takes as much memory as a file makes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path

from sheetpack.issue import Refusal
from sheetpack.received import formats, kinds, notes, parts, sheet_rows, texts
from sheetpack.received.archive import Archive, Part
from sheetpack.received.markup import scan, sound
from sheetpack.received.model import Comment, Received, ReceivedSheet, Row, Shown
from sheetpack.received.parts import Contents, ListedSheet, Relation

MACROS = "macros"
EMBEDDED = "embedded objects"
CONNECTIONS = "connections to data elsewhere"
# Kinds of relations → what people know them as.
LEFT_OUT = {
    "vbaProject": MACROS,
    "xlMacrosheet": MACROS,
    "xlIntlMacrosheet": MACROS,
    "externalLink": "links to other workbooks",
    "connections": CONNECTIONS,
    "queryTable": CONNECTIONS,
    "customData": CONNECTIONS,
    "oleObject": EMBEDDED,
    "package": EMBEDDED,
    "control": EMBEDDED,
    "ctrlProp": EMBEDDED,
    "webextensiontaskpanes": "add-ins",
}
# Kinds of sheets that hold no cells of data.
NOT_SHEETS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")


def open_workbook(path: Path) -> Received:
    """Open a workbook; its sheets are only read when their rows are asked for.

    Raises:
        Refusal: It is no workbook we read, or it is damaged or built to do harm.
    """
    archive = Archive(path)
    part = parts.workbook(archive)
    if part is None or part.name.endswith(".bin"):
        raise _refusal(archive)
    book = _Book(archive, part)
    sheets = tuple(book.sheets())
    if not sheets:
        raise part.refusal("received-no-sheets")
    return Received(archive.file, sheets, tuple(book.left_out()))


class _Book:
    """A workbook whose list of sheets was found."""

    def __init__(self, archive: Archive, part: Part):
        self.archive = archive
        self.relations = parts.relations(archive, part.name, part.called)
        self.contents: Contents = parts.contents(part)
        self.bound = notes.Bound()
        self.seen: set[str] = set()
        whole = parts.relations(archive, "", "its list of parts")
        self.kinds = {each.kind for each in (*whole.values(), *self.relations.values())}

    def sheets(self) -> Iterator[ReceivedSheet]:
        """All sheets that hold cells."""
        for number, listed in enumerate(self.contents.sheets, start=1):
            relation = self.relations.get(listed.relation)
            if relation is None or relation.kind not in NOT_SHEETS:
                yield self._sheet(number, listed, relation)

    def left_out(self) -> Iterator[str]:
        """What the workbook holds besides cells that is not looked at, in plain words."""
        yield from dict.fromkeys(words for kind, words in LEFT_OUT.items() if kind in self.kinds)

    @cached_property
    def styles(self) -> Mapping[str, Shown]:
        part = self._part("styles", "its number formats")
        if part is None:
            return {}
        with sound(part):
            return formats.shown_by_style(scan(part, formats.WANTED))

    @cached_property
    def texts(self) -> list[str]:
        part = self._part("sharedStrings", "its texts")
        return texts.shared_texts(part) if part else []

    @cached_property
    def people(self) -> dict[str, str]:
        part = self._part("person", "the list of those who wrote notes")
        return notes.people(part) if part else {}

    def _part(self, kind: str, called: str) -> Part | None:
        for relation in self.relations.values():
            if relation.kind == kind:
                return self.archive.part(relation.target, called)
        return None

    def _sheet(self, number: int, listed: ListedSheet, relation: Relation | None) -> ReceivedSheet:
        called = f"the sheet “{listed.name}”"
        part = self.archive.part(relation.target, called) if relation else None
        tables: dict[str, str] = {}
        comments: list[Comment] = []
        for kind, other in self._belongings(part):
            if kind == "table":
                tables |= [parts.table(other)]
            elif kind == "comments":
                comments += self.bound.within(other, notes.notes(other))
            elif kind == "threadedComment":
                comments += self.bound.within(other, notes.conversations(other, self.people))
        return ReceivedSheet(
            name=listed.name,
            number=number,
            hidden=listed.hidden,
            tables=tables,
            comments=tuple(sorted(comments)),
            read=partial(self._rows, part, called),
            read_merged=partial(self._merged, part, called),
        )

    def _belongings(self, sheet: Part | None) -> Iterator[tuple[str, Part]]:
        """What belongs to a sheet, each part once: it cannot belong to two."""
        if sheet is None or sheet.name in self.seen:
            return
        self.seen.add(sheet.name)
        for relation in parts.relations(self.archive, sheet.name, sheet.called).values():
            self.kinds.add(relation.kind)
            part = self.archive.part(relation.target, sheet.called)
            if part and part.name not in self.seen:
                self.seen.add(part.name)
                yield relation.kind, part

    def _rows(self, part: Part | None, called: str) -> Iterator[Row]:
        part = part or self._missing(called)
        yield from sheet_rows.rows(part, self.texts, self.styles, self.contents.from_1904)

    def _merged(self, part: Part | None, called: str) -> list[str]:
        return parts.merged(part or self._missing(called))

    def _missing(self, called: str) -> Part:
        raise self.archive.refusal("received-no-part", part=called)


def _refusal(archive: Archive) -> Refusal:
    """What a zipped file is that has no workbook in it."""
    part = archive.part("mimetype", "its kind")
    mimetype = next(part.pieces(), b"") if part else b""
    code, kind = kinds.zipped(archive.entries, mimetype)
    return archive.refusal(code, kind=kind)
