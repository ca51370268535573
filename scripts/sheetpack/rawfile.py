"""The bytes of a data file: where it lies, whether it is UTF-8, what keeps it from being read."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from sheetpack import catalogue, files
from sheetpack.files import UNREADABLE
from sheetpack.issue import Issue

if TYPE_CHECKING:
    import frictionless

# A small file from a stranger must not fill the memory; what is large as it lies there may.
LARGEST_UNPACKED = 100_000_000  # bytes
MOST_TIMES_PACKED = 100
PIECE = 1 << 20
TEXT_FORMATS = ("csv", "tsv")


def local_files(source: frictionless.Resource) -> list[Path]:
    """The files of a resource that lie on this computer; none for inline or remote data."""
    if source.memory or is_remote(source):
        return []
    return [Path(path) for path in source.normpaths]


def first_rows(source: frictionless.Resource, dialect: csv.Dialect) -> list[tuple[Path, list[str]]]:
    """The first row of each file of a resource in parts; [] where it is none, or no plain CSV."""
    files = local_files(source)
    if len(files) < 2 or source.compression or source.format not in TEXT_FORMATS:
        return []
    rows = []
    for path in files:
        with path.open(encoding=source.encoding or "utf-8", errors="replace", newline="") as file:
            row = next(csv.reader(file, dialect), [])
        rows.append((path, [cell.removeprefix("\ufeff") for cell in row]))
    return rows


def is_remote(source: frictionless.Resource) -> bool:
    """Does the data, or a part of it, lie at an address on the net?"""
    return any("://" in path for path in source.paths)


def plain_file(source: frictionless.Resource) -> Path | None:
    """The file of a resource that is one plain CSV file on this computer, else None."""
    files = local_files(source)
    plain = len(files) == 1 and not source.compression and source.format in TEXT_FORMATS
    return files[0] if plain and files[0].is_file() else None


def content(source: frictionless.Resource) -> bytes | None:
    """The bytes of a resource that is one plain CSV file on this computer, else None."""
    file = plain_file(source)
    try:
        return file.read_bytes() if file else None
    except OSError:
        return None


def settle_encoding(source: frictionless.Resource) -> None:
    """Read as UTF-8 whatever is UTF-8, as the standard asks where no encoding is declared.

    Frictionless guesses from the first bytes; whether a file is UTF-8 needs no guess.
    """
    file = plain_file(source)
    if file and not source.has_defined("encoding") and _is_utf8(file):
        source.encoding = "utf-8"


def _is_utf8(file: Path) -> bool:
    try:
        return _first_bad(file, "utf-8") is None
    except OSError:  # reading it will tell
        return False


def obstacle(source: frictionless.Resource, folder: Path) -> Issue | None:
    """What keeps a file from being opened: absent, a folder, forbidden. None if nothing does."""
    for path in local_files(source):
        place = {"file": _relative(path, folder), "resource": source.name}
        try:
            found = _obstacle(path, source, place)
        except OSError as error:  # such as a name that is too long for the system
            found = catalogue.issue("file-unreadable", reason=error.strerror, **place)
        if found:
            return found
    return None


def _obstacle(path: Path, source: frictionless.Resource, place: dict[str, str]) -> Issue | None:
    if not files.is_there(path):
        others = source.package.resources if source.package else []
        taken = {path for other in others for path in local_files(other)}
        names = [other.name for other in path.parent.glob("*") if other not in taken]
        guess = catalogue.did_you_mean(path.name, names)
        return catalogue.issue("file-missing", guess=guess, **place)
    if path.is_dir():
        return catalogue.issue("file-is-folder", **place)
    if not path.is_file():  # to read from a channel would wait for ever
        return catalogue.issue("file-no-file", **place)
    if not os.access(path, os.R_OK):
        return catalogue.issue("file-forbidden", **place)
    limit = max(LARGEST_UNPACKED, MOST_TIMES_PACKED * path.stat().st_size)
    if source.compression and _unpacks_beyond(path, source.compression, limit):
        megabytes = f"{limit // 1_000_000:,} MB"
        return catalogue.issue("file-packed-large", limit=megabytes, **place)
    return None


def _unpacks_beyond(path: Path, compression: str, limit: int) -> bool:
    """Does a packed file hold more than this? One that is damaged is told when it is read."""
    try:
        if compression == "zip":  # nothing beyond the size it states is ever unpacked
            with ZipFile(path) as archive:
                return sum(entry.file_size for entry in archive.infolist()) > limit
        with gzip.open(path) as file:
            return any(file.tell() > limit for _ in iter(lambda: file.read(PIECE), b""))
    except UNREADABLE:
        return False


def first_bad_byte(file: Path, encoding: str) -> tuple[int, int] | None:
    """Row and position (both from 1) of the first byte that the encoding does not know.

    Returns:
        None where every byte fits, or where the encoding is unknown itself.
    """
    try:
        io.TextIOWrapper(io.BytesIO(), encoding)  # some that Python knows are none of text
        place = _first_bad(file, encoding)
        if place is None:
            return None
        readable = codecs.iterdecode(pieces(file, place), encoding, errors="replace")
        rows = csv.reader(_lines(chain(readable, "?")))
        return sum(1 for _ in rows), place + 1
    except (LookupError, UnicodeError):  # the latter where a mark of the byte order is missing
        return None


def _first_bad(file: Path, encoding: str) -> int | None:
    """How many bytes stand before the first that the encoding does not know."""
    decoder = codecs.getincrementaldecoder(encoding)()
    read = 0
    try:
        for piece in pieces(file):
            read += len(piece)
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return read - len(error.object) + error.start
    return None


def pieces(file: Path, end: int | None = None) -> Iterator[bytes]:
    """The bytes of a file, many at once, as far as a certain one."""
    with file.open("rb") as opened:
        left = file.stat().st_size if end is None else end
        while piece := opened.read(min(PIECE, left)):
            left -= len(piece)
            yield piece


def _lines(texts: Iterable[str]) -> Iterator[str]:
    """The lines of a text, with their ends, as csv wants them."""
    rest = ""
    for text in texts:
        *lines, rest = io.StringIO(rest + text, newline="")
        yield from lines
    yield rest


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def line_numbers(file: Path, encoding: str, dialect: csv.Dialect) -> Sequence[int]:
    """The line of the file in which each row begins; cells with line breaks shift them."""
    lines = array("Q", [1])
    with file.open(encoding=encoding, newline="") as text:
        reader = csv.reader(text, dialect)
        lines.extend(reader.line_num + 1 for _ in reader)
    return lines[:-1]
