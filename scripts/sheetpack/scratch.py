"""Bytes that lie on the disk once there are many, so that no file has to fit into memory.

What is written there has no name, belongs to nobody else, and is gone with the process.
"""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

MOST_IN_MEMORY = 1_000_000  # bytes
PIECE = 262_144  # bytes read at once


class Scratch:
    """What a file will hold: filled once, read as often as one likes, by one reader at a time."""

    def __init__(self, pieces: Iterable[bytes] = ()):
        """Keep these bytes. Raises `OSError` where the disk has no room for them."""
        self._file = SpooledTemporaryFile(MOST_IN_MEMORY, prefix="sheetpack-")  # noqa: SIM115
        weakref.finalize(self, self._file.close)  # else Python would complain of it
        for piece in pieces:
            self._file.write(piece)

    @property
    def file(self) -> BinaryIO:
        """As an open file, at its beginning."""
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
