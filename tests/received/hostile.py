"""Files that are damaged, of another kind, or built to do harm; each the same at every run."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Callable, Iterator
from typing import NamedTuple
from zipfile import ZipFile

from tests.received.handmade import (
    SHEET,
    SHEET_LINKS,
    STYLES,
    TEXTS,
    WORKBOOK,
    WORKBOOK_LINKS,
    Parts,
    links,
    sheet,
    styles,
    texts,
    workbook,
    zipped,
)

OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)
MEGABYTE = 1 << 20
DIRECTORY = b"PK\x01\x02"
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
PEEKING = '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/hostname">]>'


class Case(NamedTuple):
    """A file, and the code of the issue with which it is refused; "" where it is read."""

    code: str
    make: Callable[[], bytes]


def with_part(name: str, content: str | bytes) -> bytes:
    return zipped(workbook() | {name: content})


def without(name: str) -> bytes:
    parts = workbook()
    del parts[name]
    return zipped(parts)


def with_rows(rows: str) -> bytes:
    return zipped(workbook(rows))


def other_zip(*names: str) -> bytes:
    return zipped(dict.fromkeys(names, "x"))


def changed(data: bytes, at: int, value: bytes) -> bytes:
    return data[:at] + value + data[at + len(value) :]


def in_directory(offset: int, value: bytes, name: str = SHEET) -> bytes:
    """A workbook whose directory says something else of a part."""
    data = zipped(workbook())
    at = data.rindex(DIRECTORY, 0, data.rindex(name.encode()))
    return changed(data, at + offset, value)


def with_flipped_byte() -> bytes:
    data = zipped(workbook("".join(f"<row><c><v>{each}</v></c></row>" for each in range(999))))
    at = data.index(SHEET.encode()) + len(SHEET) + 200
    return changed(data, at, bytes([data[at] ^ 0xFF]))


def with_wrong_checksum() -> bytes:
    return in_directory(16, b"\0\0\0\0")


def overlapping() -> bytes:
    """A directory in which all parts are one and the same."""
    file = io.BytesIO(zipped(workbook()))
    with ZipFile(file, "a") as target:
        for entry in target.infolist():
            entry.header_offset = target.getinfo(SHEET).header_offset
        target._didModify = True
    return file.getvalue()


def twice_the_same_part() -> bytes:
    file = io.BytesIO(zipped(workbook()))
    with ZipFile(file, "a") as target:
        target.writestr(SHEET.upper(), sheet(""))
    return file.getvalue()


def many_parts(count: int) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w") as target:
        for name, content in workbook().items():
            target.writestr(name, content)
        for number in range(count):
            target.writestr(f"media/{number:0100}", b"")
    return file.getvalue()


def locked() -> bytes:
    """A directory that says that its parts are encrypted."""
    return in_directory(8, struct.pack("<H", 1))


def nested(depth: int) -> str:
    return sheet("<row><c>" + "<x>" * depth + "</x>" * depth + "</c></row>")


# --- parts that are large unpacked, yet not so tightly packed that this alone gives them away ---


def loosely(text: str, megabytes: int) -> Iterator[bytes]:
    """A text over and over, with noise that keeps it from being packed too tightly."""
    noise = random.Random(1)
    copies = text * (4_000 // len(text) + 1)
    for _ in range(megabytes * MEGABYTE // len(copies)):
        yield (copies + noise.randbytes(len(copies) // 150).hex()).encode()


def large(name: str, before: str, text: str, megabytes: int, after: str = "") -> bytes:
    def pieces() -> Iterator[bytes]:
        yield before.encode()
        yield from loosely(text, megabytes)
        yield after.encode()

    return zipped({**workbook(), name: pieces()})


def zeros() -> bytes:
    return zipped({**workbook(), SHEET: (bytes(MEGABYTE) for _ in range(40))})


def endless_tag() -> bytes:
    return large(SHEET, '<worksheet><sheetData><row><c r="', "A", 40)


def endless_comment() -> bytes:
    return large(SHEET, "<worksheet><!--", "never mind ", 40)


def endless_text() -> bytes:
    return large(SHEET, "<worksheet><sheetData><row><c t='str'><v>", "long ", 40)


def endless_row() -> bytes:
    cell = f'<c t="inlineStr"><is><t>{"some words " * 20}</t></is></c><c r="A1"/>'
    return large(SHEET, "<worksheet><sheetData><row>", cell, 80)


def endless_runs() -> bytes:
    run = f"<r><t>{'some words ' * 20}</t></r>"
    return large(SHEET, "<worksheet><sheetData><row><c><is>", run, 80)


def endless_space() -> bytes:
    return large(SHEET, "<worksheet>", " " * 100, 40)


def endless_shared_text() -> bytes:
    return large(TEXTS, "<sst><si>", "<r><t>some words</t></r>", 40)


def many_shared_texts() -> bytes:
    return large(TEXTS, "<sst>", f"<si><t>{'long words ' * 700}</t></si>", 540, "</sst>")


def many_names() -> bytes:
    def pieces() -> Iterator[bytes]:
        yield b"<worksheet>"
        for number in range(1_000_000):
            yield b"<n%d/>" % number
        yield b"</worksheet>"

    return zipped({**workbook(), SHEET: pieces()})


def deep() -> bytes:
    return large(SHEET, "<worksheet>", "<a>", 20)


def many_merged() -> bytes:
    end = "</mergeCells></worksheet>"
    return large(SHEET, "<worksheet><mergeCells>", '<mergeCell ref="A1:B2"/>', 10, end)


def many_sheets() -> bytes:
    return large(WORKBOOK, "<workbook><sheets>", '<sheet name="a" id="r1"/>', 10)


def many_notes() -> bytes:
    parts: dict[str, str | bytes | Iterator[bytes]] = {**workbook()}
    parts[SHEET_LINKS] = links(("comments", "../comments.xml"))
    note = f'<comment ref="A1"><text><t>{"again " * 600}</t></text></comment>'

    def pieces() -> Iterator[bytes]:
        yield b"<comments><commentList>"
        yield from loosely(note, 80)

    return zipped(parts | {"xl/comments.xml": pieces()})


def phantom_rows() -> bytes:
    def pieces() -> Iterator[bytes]:
        yield b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>"
        for number in range(2, 100_001):
            yield b'<row r="%d" s="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (
                number,
                number,
                number,
            )
        yield b"</sheetData></worksheet>"

    return zipped({**workbook(), SHEET: pieces()})


def with_formulas_everywhere() -> bytes:
    cell = '<c r="A1"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c>'
    return with_rows("".join(f"<row>{cell * 9}</row>" for _ in range(500)))


def sheets_of_one_part() -> bytes:
    parts: Parts = workbook()
    names = "".join(f'<sheet name="s{number}" id="r1"/>' for number in range(9_999))
    parts[WORKBOOK] = f"<workbook><sheets>{names}</sheets></workbook>"
    parts[SHEET_LINKS] = links(*[("table", "../table.xml")] * 9_999)
    parts["xl/table.xml"] = '<table name="t" ref="A1:B2"/>'
    return zipped(parts)


BOMBS = {
    "zeros": Case("received-bomb", zeros),
    "a tag without end": Case("received-long-text", endless_tag),
    "a remark without end": Case("received-long-text", endless_comment),
    "a text without end": Case("received-long-text", endless_text),
    "space without end": Case("received-long-text", endless_space),
    "a row without end": Case("received-long-row", endless_row),
    "a cell without end": Case("received-long-row", endless_runs),
    "a shared text without end": Case("received-long-text", endless_shared_text),
    "very many shared texts": Case("received-too-much-text", many_shared_texts),
    "very many names": Case("received-xml", many_names),
    "very deep": Case("received-deep", deep),
    "very many sheets": Case("received-too-many", many_sheets),
    "very many notes": Case("received-too-much-text", many_notes),
    "very many merged cells": Case("received-too-many", many_merged),
    "rows without values": Case("", phantom_rows),
    "very many parts": Case("received-truncated", lambda: many_parts(58_000)),
}

CASES = {
    "nothing": Case("received-empty", lambda: b""),
    "an old workbook": Case(
        "received-xls", lambda: OLD_OFFICE + "Workbook".encode("utf-16-le") + bytes(99)
    ),
    "a protected workbook": Case(
        "received-protected",
        lambda: OLD_OFFICE + bytes(1 << 20) + "EncryptedPackage".encode("utf-16-le"),
    ),
    "an old letter": Case("received-other", lambda: OLD_OFFICE + bytes(99)),
    "a CSV": Case("received-text", lambda: b"id,name\n1,\xe9t\xe9\n"),
    "a text in UTF-16": Case("received-text", lambda: "id\tname".encode("utf-16")),
    "a web page": Case("received-page", lambda: b"\n <!DOCTYPE html><p>Sign in</p>"),
    "a table saved as .xls": Case("received-page", lambda: b"<table><tr><td>1"),
    "an XML workbook of 2003": Case("received-page", lambda: b'\xef\xbb\xbf<?xml version="1.0"?>'),
    "a PDF": Case("received-other", lambda: b"%PDF-1.7\n\0"),
    "a packed file": Case("received-other", lambda: b"\x1f\x8b\x08\0"),
    "noise": Case("received-unknown", lambda: random.Random(7).randbytes(5_000)),
    "an OpenDocument spreadsheet": Case(
        "received-ods",
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    ),
    "an OpenDocument text": Case(
        "received-other", lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text"})
    ),
    "a letter": Case(
        "received-other", lambda: other_zip("[Content_Types].xml", "word/document.xml")
    ),
    "slides": Case("received-other", lambda: other_zip("ppt/presentation.xml")),
    "a binary workbook": Case(
        "received-xlsb", lambda: other_zip("[Content_Types].xml", "xl/workbook.bin")
    ),
    "a document of Numbers": Case("received-numbers", lambda: other_zip("Index/Document.iwa")),
    "a packed folder": Case("received-zip", lambda: other_zip("workbook.xlsx")),
    "a packed folder with nothing in it": Case("received-zip", lambda: zipped({})),
    "half a workbook": Case("received-truncated", lambda: zipped(workbook())[:700]),
    "the first bytes of a workbook": Case("received-truncated", lambda: b"PK\x03\x04"),
    "a damaged sheet": Case("received-damaged", with_flipped_byte),
    "a wrong checksum": Case("received-damaged", with_wrong_checksum),
    "no list of sheets": Case("received-no-workbook", lambda: without(WORKBOOK)),
    "a sheet that is missing": Case("received-no-part", lambda: without(SHEET)),
    "a list of parts that is missing": Case("received-no-part", lambda: without(WORKBOOK_LINKS)),
    "no sheets": Case(
        "received-no-sheets", lambda: with_part(WORKBOOK, "<workbook><sheets/></workbook>")
    ),
    "a part that is no XML": Case("received-xml", lambda: with_part(SHEET, "<worksheet><row>")),
    "an empty part": Case("received-xml", lambda: with_part(SHEET, "")),
    "an encoding that nobody knows": Case(
        "received-xml", lambda: with_part(SHEET, '<?xml version="1.0" encoding="klingon"?><a/>')
    ),
    "a byte that is no character": Case("received-xml", lambda: with_part(SHEET, b"<a>\xff</a>")),
    "a link that leads nowhere": Case(
        "received-xml", lambda: with_part(WORKBOOK_LINKS, "<a><Relationship Id='1'/></a>")
    ),
    "a sheet without name": Case(
        "received-xml", lambda: with_part(WORKBOOK, "<workbook><sheet id='r1'/></workbook>")
    ),
    "a style without number": Case(
        "received-xml", lambda: with_part(STYLES, "<a><numFmts><numFmt/></numFmts></a>")
    ),
    "a style with a wrong number": Case(
        "received-xml", lambda: with_part(STYLES, '<a><cellXfs><xf numFmtId="x"/></cellXfs></a>')
    ),
    "a table without range": Case(
        "received-xml",
        lambda: zipped(
            {**workbook(), SHEET_LINKS: links(("table", "/t.xml")), "t.xml": '<table name="t"/>'}
        ),
    ),
    "a note beside all cells": Case(
        "received-xml",
        lambda: zipped(
            {**workbook(), SHEET_LINKS: links(("comments", "/c.xml")), "c.xml": "<a><comment/></a>"}
        ),
    ),
    "entities that multiply": Case(
        "received-doctype", lambda: with_part(SHEET, f"{LAUGHS}<worksheet>&c;</worksheet>")
    ),
    "entities among the texts": Case(
        "received-doctype", lambda: with_part(TEXTS, f"{LAUGHS}<sst><si><t>&c;</t></si></sst>")
    ),
    "an entity that looks at files": Case(
        "received-doctype", lambda: with_part(WORKBOOK, f"{PEEKING}<workbook>&file;</workbook>")
    ),
    "a row beyond the last": Case(
        "received-dimensions", lambda: with_rows('<row r="1048577"><c><v>1</v></c></row>')
    ),
    "a column beyond the last": Case(
        "received-dimensions", lambda: with_rows('<row><c r="XFE1"><v>1</v></c></row>')
    ),
    "a column far beyond the last": Case(
        "received-dimensions", lambda: with_rows('<row><c r="ABCDEFGHIJ1"><v>1</v></c></row>')
    ),
    "more cells in a row than columns": Case(
        "received-dimensions", lambda: with_rows(f"<row>{'<c><v>1</v></c>' * 16_385}</row>")
    ),
    "a row that comes twice": Case(
        "received-order", lambda: with_rows('<row r="2"/><row r="2"><c><v>1</v></c></row>')
    ),
    "a row of which nobody knows the number": Case(
        "received-xml", lambda: with_rows('<row r="two"/>')
    ),
    "a row with a number without end": Case(
        "received-xml", lambda: with_rows(f'<row r="{"9" * 9_999}"/>')
    ),
    "a cell without a column": Case("received-xml", lambda: with_rows('<row><c r="12"/></row>')),
    "a cell in no place": Case("received-xml", lambda: with_rows('<row><c r="Ж1"/></row>')),
    "a text that isn't there": Case(
        "received-xml", lambda: with_rows('<row><c t="s"><v>7</v></c></row>')
    ),
    "a text before the first": Case(
        "received-xml",
        lambda: zipped(
            {**workbook('<row><c t="s"><v>-1</v></c></row>'), TEXTS: texts("<t>last</t>")}
        ),
    ),
    "a formula over no area": Case(
        "received-xml", lambda: with_rows('<row><c><f t="array" ref=":"/></c></row>')
    ),
    "nested deeply": Case("received-deep", lambda: with_part(SHEET, nested(70))),
    "encrypted parts": Case("received-protected", locked),
    "a way of packing that no workbook has": Case(
        "received-directory", lambda: in_directory(10, struct.pack("<H", 14))
    ),
    "a part said to be huge": Case(
        "received-bomb", lambda: in_directory(24, struct.pack("<I", 0xFFFFFFF0))
    ),
    "a part said to be packed long": Case(
        "received-directory", lambda: in_directory(20, struct.pack("<I", 1 << 30))
    ),
    "a part said to lie elsewhere": Case(
        "received-directory", lambda: in_directory(42, struct.pack("<I", 1))
    ),
    "a part said to lie beyond the end": Case(
        "received-directory", lambda: in_directory(42, struct.pack("<I", 1 << 30))
    ),
    "a part said to be shorter": Case(
        "received-damaged", lambda: in_directory(24, struct.pack("<I", 50))
    ),
    "a part said to be longer": Case("", lambda: in_directory(24, struct.pack("<I", 5_000))),
    "a name that is no text": Case(
        "received-truncated",
        lambda: changed(
            in_directory(8, struct.pack("<H", 0x800)),
            in_directory(8, struct.pack("<H", 0x800)).rindex(SHEET.encode()),
            b"\xff\xfe",
        ),
    ),
    "parts that overlap": Case("received-directory", overlapping),
    "a part that is there twice": Case("received-directory", twice_the_same_part),
    "too many parts": Case("received-too-many", lambda: many_parts(10_001)),
    "formulas over all cells": Case("", with_formulas_everywhere),
    "ten thousand sheets that are one": Case("", sheets_of_one_part),
    "a style that isn't there": Case(
        "", lambda: zipped(workbook('<row><c s="99"><v>1</v></c></row>') | {STYLES: styles()})
    ),
    "half a character": Case(
        "", lambda: with_rows('<row><c t="str"><v>_xD800_</v></c><c><v>NaN</v></c></row>')
    ),
}
