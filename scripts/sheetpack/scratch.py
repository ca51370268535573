"""Bytes that lie on the disk once there are many, so that no file has to fit into memory.

What is written there has no name, belongs to nobody else, and is gone with the process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from sheetpack.spool import NoRoom

MOST_IN_MEMORY = 1_000_000  # bytes
PIECE = 262_144  # bytes read at once


class _File(SpooledTemporaryFile):
    """Closes itself at its end, and says nothing of bytes that the disk did not take."""

    def __del__(self) -> None:
        with suppress(OSError):
            self.close()


class Scratch:
    """What a file will hold: filled once, read as often as one likes, by one reader at a time."""

    def __init__(self, pieces: Iterable[bytes] = ()):
        """Keep these bytes. Raises `NoRoom` where the disk has none for them."""
        self._file = _File(MOST_IN_MEMORY, prefix="sheetpack-")
        with self.filling() as file:
            for piece in pieces:
                file.write(piece)

    @contextmanager
    def filling(self) -> Iterator[BinaryIO]:
        """An open file to write to. Raises `NoRoom` where the disk takes no more."""
        try:
            yield self._file
            self._file.flush()
        except NoRoom:  # for what is written here
            raise
        except OSError as error:
            raise NoRoom.of(error) from error

    @property
    def file(self) -> BinaryIO:
        """An open file to read from, at its beginning."""
        self._file.seek(0)
        return self._file

    def __len__(self) -> int:
        """How many bytes it holds."""
        return self._file.seek(0, 2)

    def pieces(self) -> Iterator[bytes]:
        """All bytes in order, many at once."""
        return pieces_of(self.file)


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """What is left to read in a file, many bytes at once."""
    while piece := file.read(PIECE):
        yield piece


def pieces(content: bytes | Scratch) -> Iterable[bytes]:
    """All bytes of what a file will hold."""
    return content.pieces() if isinstance(content, Scratch) else (content,)


def fingerprint(content: bytes | Scratch) -> str:
    """The SHA-256 of what a file will hold, in hexadecimal."""
    found = hashlib.sha256()
    for piece in pieces(content):
        found.update(piece)
    return found.hexdigest()
