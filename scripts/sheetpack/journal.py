"""The note about a saving under way: which files it writes, what they held and will hold.

It lies beside the descriptor, and its name says how far the saving has come:

- `.sheetpack.preparing`: new files are being written beside the old ones;
- `.sheetpack.saving`: all of them are whole, and are being moved into their places;
- `.sheetpack.undoing`: one could not be moved, and the old ones are being put back.

The note may come with a package from a stranger. So it names files by their place inside the
folder only, and by the fingerprint of their contents: nothing is replaced or removed that
is not what the note says it is.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from sheetpack import scratch
from sheetpack.scratch import Scratch

PREPARING = ".sheetpack.preparing"
SAVING = ".sheetpack.saving"
UNDOING = ".sheetpack.undoing"
STATES = (PREPARING, SAVING, UNDOING)

LARGEST = 10_000_000  # bytes of a note; a line of it takes some two hundred
VERSION = 1
_TOKEN = re.compile("[0-9a-f]{16}")
_FINGERPRINT = re.compile("[0-9a-f]{64}")


class Move(NamedTuple):
    """One file that is written.

    Attributes:
        path: Its place as seen from the folder, parts joined by "/".
        old, new: Fingerprints of what it held and will hold; `old` is None for a new file.
        target: The file itself; where `path` is a link, the file it leads to.
        staged: The new file until it is moved to `target`.
        backup: The old file until all is done.
    """

    path: str
    old: str | None
    new: str
    target: Path
    staged: Path
    backup: Path


def planned(folder: Path, contents: Mapping[Path, bytes | Scratch]) -> dict[Move, bytes | Scratch]:
    """What has to be moved to write these contents, with them; equal files are left out.

    Raises:
        ValueError: A file lies outside the folder, or is written twice; the message says so.
        OSError: A file that is there cannot be read.
    """
    token = secrets.token_hex(8)
    moves: dict[Move, bytes | Scratch] = {}
    targets: dict[Path, str] = {}
    for path, data in contents.items():
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - links are followed later, by `_move`
        if not absolute.is_relative_to(folder):
            raise ValueError(f"{path} lies outside the folder of the package")
        inside = absolute.relative_to(folder).as_posix()
        target = _target(absolute, inside)
        old, new = fingerprint(target), scratch.fingerprint(data)
        if targets.setdefault(target, new) != new:
            raise ValueError(f"{inside} would be written twice, with different contents")
        if old != new:
            moves[_move(folder, token, len(moves), inside, old, new)] = data
    return moves


def to_bytes(moves: Iterable[Move]) -> bytes:
    """The note itself."""
    token = next(iter(moves)).staged.name.split("-")[1]
    files = [{"path": move.path, "old": move.old, "new": move.new} for move in moves]
    return json.dumps({"version": VERSION, "token": token, "files": files}, indent=1).encode()


def read(note: Path) -> list[Move]:
    """The moves that a note names.

    Raises:
        ValueError: It is none of ours, or would lead out of its folder.
        OSError: It cannot be read.
    """
    if note.is_symlink() or not note.is_file() or note.stat().st_size > LARGEST:
        raise ValueError("it is not a file of the kind expected")
    try:
        content = json.loads(note.read_bytes())
        version, token, files = content["version"], content["token"], content["files"]
        named = [(each["path"], each["old"], each["new"]) for each in files]
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise ValueError("it is damaged") from error
    if version != VERSION:
        raise ValueError("another version of sheetpack wrote it")
    if not _matches(_TOKEN, token):
        raise ValueError("it is damaged")
    return [_move(note.parent, token, at, *each) for at, each in enumerate(named)]


def fingerprint(path: Path) -> str | None:
    """The fingerprint of a file's contents; None where there is no file of that name."""
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _move(folder: Path, token: str, at: int, path: str, old: str | None, new: str) -> Move:
    """One move. Raises `ValueError` where the facts are none, or lead out of the folder."""
    if not (old is None or _matches(_FINGERPRINT, old)) or not _matches(_FINGERPRINT, new):
        raise ValueError("it is damaged")
    if not isinstance(path, str) or not path or "\0" in path:
        raise ValueError("it is damaged")
    parts = PurePosixPath(path).parts
    unsafe = ".." in parts or PurePosixPath(path).is_absolute() or Path(path).drive
    target = _target(folder / path, path)
    # What a link outside leads to is none of the package's, whoever put the link there.
    if unsafe or not target.is_relative_to(folder.resolve()):
        raise ValueError(f"{path} lies outside the folder of the package")
    name = f".sheetpack-{token}-{at}"
    return Move(
        path, old, new, target, target.with_name(f"{name}.new"), target.with_name(f"{name}.old")
    )


def _target(path: Path, name: str) -> Path:
    """The file that a path leads to. Raises `ValueError` where its links go round in a circle."""
    target = Path(os.path.realpath(path))
    if target.is_symlink():  # it could not be followed to an end
        raise ValueError(f"{name} leads to itself")
    return target


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
