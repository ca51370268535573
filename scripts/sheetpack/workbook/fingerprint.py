"""The fingerprint of a workbook, by which it is known to be, byte for byte, what was built.

It stands in the workbook itself, as a property that spreadsheet programs show and keep, and
covers all parts but the one that holds it. Whoever saves a workbook writes other parts, so
that it fits no more. How the parts are compressed does not count.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from sheetpack.package import Package
from sheetpack.workbook.addresses import expected
from sheetpack.workbook.model import Origin

STAMP = (2000, 1, 1, 0, 0, 0)  # no other program's: Excel leaves 1 January 1980 in its files
PART = "docProps/custom.xml"
PROPERTY = "As built by sheetpack"
CONTENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}">'
    "<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
)
LONGEST = 4_096  # bytes of that part, as far as it is ours
VALUE = re.compile(rb"<vt:lpwstr>([0-9a-f]*) ([0-9]{1,9}) [0-9a-f]{64}</vt:lpwstr>")


class Fingerprint:
    """Looks at the parts of a workbook as they are written or read, in any order."""

    def __init__(self) -> None:
        self._digests: dict[str, str] = {}

    def passed(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The same pieces of a part, once they were looked at."""
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
            yield piece
        self._digests[name] = digest.hexdigest()

    def content(self, origin: Origin) -> bytes:
        """The part that holds the fingerprint of all the others."""
        said = f"{origin.contract} {origin.rows}"
        whole = json.dumps([said, sorted(self._digests.items())])
        value = f"{said} {hashlib.sha256(whole.encode()).hexdigest()}"
        return CONTENT.format(name=PROPERTY, value=value).encode()


def origin(content: bytes) -> Origin | None:
    """What the part with the fingerprint says of the origin; None where it is not ours."""
    found = VALUE.search(content)
    if not found or PROPERTY.encode() not in content:
        return None
    return Origin(found[1].decode(), int(found[2]))


def contract(package: Package) -> str:
    """A fingerprint of all by which the sheets of a workbook and their cells are understood.

    Packages with the same one understand a workbook alike.
    """
    views, resources = expected(package)
    schemas = [
        (each.name, each.foreign_keys, each.source.schema.to_descriptor())
        for each in package.resources
    ]
    whole = json.dumps(
        [package.name, views, resources, schemas], sort_keys=True, default=str, ensure_ascii=False
    )
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def is_stamped(entries: Iterable[ZipInfo], stamp: tuple[int, ...] = STAMP) -> bool:
    """Are all parts of that time? Other programs note the present one, or one of their own."""
    return all(entry.date_time == stamp for entry in entries)


def has_stamp(path: Path, stamp: tuple[int, ...]) -> bool:
    """Is the file an archive whose parts are all of that time?"""
    try:
        with ZipFile(path) as archive:
            return is_stamped(archive.infolist(), stamp)
    except (OSError, BadZipFile):
        return False
