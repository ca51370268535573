"""The zipped file that a workbook is: opened with care, its parts unpacked piece by piece.

Nothing that the file says of itself is relied upon before it was checked: how many parts it
has, how long they are unpacked, where they lie.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sheetpack.catalogue import issue
from sheetpack.files import UNREADABLE
from sheetpack.issue import Refusal
from sheetpack.received import kinds

MEGABYTE = 1 << 20
PIECE = MEGABYTE // 4
MOST_PARTS = 10_000
LARGEST_DIRECTORY = 8 * MEGABYTE  # ample for as many parts, and read in one go
LARGEST_PART = 4_096 * MEGABYTE
LARGEST_WHOLE = 8_192 * MEGABYTE
INNOCENT = 16 * MEGABYTE  # a part up to this may be packed as tightly as it likes
TIGHTEST = 200
LOCAL_HEADER = 30
ENCRYPTED = 1
# What a damaged directory makes zipfile raise, besides what is known of damaged files.
DAMAGED = (*UNREADABLE, ValueError, OverflowError, struct.error)


class Part(NamedTuple):
    """One part of the file.

    Attributes:
        name: Its name as the file has it, but for backslashes.
        called: What people know it as, such as "the sheet “Events”".
    """

    archive: Archive
    name: str
    called: str

    @property
    def size(self) -> int:
        """How many bytes it has, unpacked."""
        return self.archive.entries[_normal(self.name)].file_size

    def pieces(self) -> Iterator[bytes]:
        """Its content, unpacked. Raises `Refusal` where it is damaged."""
        return self.archive.pieces(self)

    def refusal(self, code: str, **facts: Any) -> Refusal:
        """An issue with this part."""
        return Refusal(issue(code, file=self.archive.file, part=self.called, **facts))


class Archive:
    """A zipped file whose directory was found to be sound.

    The file is opened anew whenever a part is read, so that none is left open.
    """

    def __init__(self, path: Path):
        """Open a file and check its directory.

        Raises:
            Refusal: It cannot be opened, isn't zipped, or isn't sound.
        """
        self.path = path
        self.file = path.name
        self.state = _state(path)
        with self._open() as zipped:
            entries = zipped.infolist()
            self._check(entries, zipped.start_dir)
        self.entries = {_normal(entry.filename): entry for entry in entries}
        if len(self.entries) < len(entries):
            raise self.refusal("received-directory")

    def refusal(self, code: str, **facts: Any) -> Refusal:
        """An issue with the file as a whole."""
        return Refusal(issue(code, file=self.file, **facts))

    def part(self, name: str, called: str) -> Part | None:
        """A part by its name, upper and lower case alike; None where there is none."""
        entry = self.entries.get(_normal(name))
        return entry and Part(self, entry.filename.replace("\\", "/"), called)

    def parts(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Name and pieces of all parts, as the directory lists them; the file is opened once.

        The pieces raise `Refusal` where the part is damaged.
        """
        with self._open() as zipped:
            for entry in self.entries.values():
                yield entry.filename, _pieces(zipped, Part(self, entry.filename, entry.filename))

    def pieces(self, part: Part) -> Iterator[bytes]:
        """What `Part.pieces` gives."""
        with self._open(part) as zipped:
            yield from _pieces(zipped, part)

    @contextmanager
    def _open(self, part: Part | None = None) -> Iterator[ZipFile]:
        if _state(self.path) != self.state:
            raise self.refusal("received-changed")
        with _telling(part or self), _Careful(FileIO(self.path)) as file:
            kind = kinds.plain(file)
            if kind:
                raise self.refusal(kind[0], kind=kind[1])
            with ZipFile(file) as zipped:
                yield zipped

    def _check(self, entries: list[ZipInfo], end: int) -> None:
        """Raises `Refusal` where the directory asks for more than a workbook does, or lies.

        Args:
            end: Where the directory itself begins, before which all parts have to end.
        """
        if len(entries) > MOST_PARTS:
            raise self.refusal("received-too-many", what="parts", most=f"{MOST_PARTS:,}")
        if sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
            raise self.refusal("received-bomb")
        for entry in entries:
            if entry.flag_bits & ENCRYPTED:
                raise self.refusal("received-protected")
            if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise self.refusal("received-directory")
            too_tight = entry.file_size > max(INNOCENT, TIGHTEST * entry.compress_size)
            if entry.file_size > LARGEST_PART or too_tight:
                raise self.refusal("received-bomb")
        for entry in sorted(entries, key=lambda entry: entry.header_offset, reverse=True):
            if entry.header_offset + LOCAL_HEADER + entry.compress_size > end:
                raise self.refusal("received-directory")
            end = entry.header_offset


class _Careful(BufferedReader):
    """A file of which never more is read at once than a workbook needs."""

    def read(self, size: int | None = -1) -> bytes:
        whole = size is None or size < 0
        data = super().read(LARGEST_DIRECTORY + 1 if whole else min(size, LARGEST_DIRECTORY + 1))
        if len(data) > LARGEST_DIRECTORY:
            raise EOFError
        return data


def _pieces(zipped: ZipFile, part: Part) -> Iterator[bytes]:
    """The content of a part, unpacked."""
    entry = part.archive.entries[_normal(part.name)]
    with _telling(part), zipped.open(entry) as stream:
        while piece := stream.read(PIECE):
            yield piece


@contextmanager
def _telling(what: Archive | Part) -> Iterator[None]:
    """Refuse, by name, a file or a part of it that cannot be read."""
    try:
        yield
    except PermissionError as error:
        raise what.refusal("received-forbidden") from error
    except DAMAGED as error:
        is_part = isinstance(what, Part)
        raise what.refusal("received-damaged" if is_part else "received-truncated") from error


def _state(path: Path) -> tuple[int, int]:
    """Size and time of the last change, by which a change is noticed.

    Raises:
        Refusal: There is no such file, or it is none that can be read.
    """
    place = {"file": path.name, "path": path.as_posix()}
    try:
        found = path.stat()
    except PermissionError as error:
        raise Refusal(issue("received-forbidden", **place)) from error
    except (OSError, ValueError) as error:
        raise Refusal(issue("received-missing", **place)) from error
    if not stat.S_ISREG(found.st_mode):
        raise Refusal(issue("received-folder", **place))
    if not os.access(path, os.R_OK):
        raise Refusal(issue("received-forbidden", **place))
    return found.st_size, found.st_mtime_ns


def _normal(name: str) -> str:
    """A name as it is compared: some programs write it with a backslash or a slash before it."""
    return name.replace("\\", "/").lstrip("/").casefold()
