"""What a file is that is no workbook we read, told from its bytes: never from its name."""

from __future__ import annotations

from collections.abc import Collection
from typing import BinaryIO

BEGINNING = 4_096
PIECE = 1 << 20
OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
PROTECTED = "EncryptedPackage".encode("utf-16-le")
OLD_WORKBOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
ZIPPED = b"PK"
MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")
PAGES = (b"<?xml", b"<!doctype", b"<html", b"<table", b"<workbook")
OTHER_KINDS = {
    b"%PDF": "a PDF document",
    b"{\\rtf": "a text document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"7z\xbc\xaf": "a packed folder",
    b"Rar!": "a packed folder",
    b"\x1f\x8b": "a packed file",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
}
# A part by which a zipped file is known → the code of its issue, and what it is.
MARKING_PARTS = {
    "xl/workbook.bin": ("received-xlsb", ""),
    "word/document.xml": ("received-other", "a text document (Word)"),
    "ppt/presentation.xml": ("received-other", "a presentation (PowerPoint)"),
    "index/document.iwa": ("received-numbers", ""),
    "index.zip": ("received-numbers", ""),
}


def plain(file: BinaryIO) -> tuple[str, str] | None:
    """What a file is that isn't zipped as workbooks are.

    Returns:
        The code of the issue, and what the file is where the message says it; None for a
        zipped file.
    """
    beginning = file.read(BEGINNING)
    if not beginning:
        return "received-empty", ""
    if beginning.startswith(ZIPPED):
        return None
    if beginning.startswith(OLD_OFFICE):
        return _old_office(file), "an old Office document"
    for mark, words in OTHER_KINDS.items():
        if beginning.startswith(mark):
            return "received-other", words
    text = beginning.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(PAGES):
        return "received-page", ""
    if beginning.startswith(MARKS_OF_UTF16) or not _has_control_bytes(beginning):
        return "received-text", ""
    return "received-unknown", ""


def zipped(names: Collection[str], mimetype: bytes) -> tuple[str, str]:
    """What a zipped file without a workbook in it is.

    Args:
        names: Its parts, in lower case.
        mimetype: What its part of that name says; b"" without one.
    """
    if b"opendocument.spreadsheet" in mimetype:
        return "received-ods", ""
    if mimetype:
        return "received-other", "a document of another program"
    for part, kind in MARKING_PARTS.items():
        if part in names:
            return kind
    if "[content_types].xml" in names or any(name.startswith("xl/") for name in names):
        return "received-no-workbook", ""
    return "received-zip", ""


def _old_office(file: BinaryIO) -> str:
    """Look for the names of streams: they stand in a directory that can lie anywhere."""
    file.seek(0)
    before = b""
    found = "received-other"
    while piece := file.read(PIECE):
        window = before + piece
        if PROTECTED in window:
            return "received-protected"
        if any(name in window for name in OLD_WORKBOOKS):
            found = "received-xls"
        before = piece[-len(PROTECTED) :]
    return found


def _has_control_bytes(data: bytes) -> bool:
    return any(byte < 32 and byte not in b"\t\n\r\f" for byte in data)
