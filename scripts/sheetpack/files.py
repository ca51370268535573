"""Writing files so that a reader finds the old or the new one, never half of either."""

from __future__ import annotations

import errno
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile

from sheetpack import catalogue, scratch
from sheetpack.issue import Refusal
from sheetpack.scratch import Scratch

# What opening or unpacking a file can raise where it is absent, forbidden or damaged.
UNREADABLE = (OSError, BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error)

NOTHING_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)

_BINARY = getattr(os, "O_BINARY", 0)  # without it, Windows writes line ends of its own


def write(path: Path, data: bytes) -> None:
    """Replace one file, or create it with its folder. Raises `Refusal` where that fails."""
    write_all({path: data})


def write_all(contents: Mapping[Path, bytes | Scratch]) -> None:
    """Replace several files: all are written beside their targets first, then moved there.

    When one cannot be written (a full disk, a forbidden folder), none is changed; a process
    that is killed while they are moved can leave some old and some new, each whole. A
    symbolic link is kept, and the file it leads to is replaced.

    Raises:
        Refusal: A file cannot be written; the issue names it.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, data in contents.items():
            with refusing(path):
                target = Path(os.path.realpath(path))  # resolve() fails on links in a circle
                target.parent.mkdir(parents=True, exist_ok=True)
                temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
                stage(temporary, target, scratch.pieces(data))
                staged[target] = temporary
        for target in list(staged):
            with refusing(target):
                staged[target].replace(target)
                del staged[target]
    finally:
        for leftover in staged.values():
            leftover.unlink(missing_ok=True)


def stage(temporary: Path, target: Path, pieces: Iterable[bytes]) -> None:
    """Write the new contents of `target` to a file that does not exist yet, safe on the disk.

    It gets the target's permissions. Raises `OSError`, and nothing is left then.
    """
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder of that name is in the way")
    # Private until its permissions are known: the target may be nobody else's to read.
    handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_permissions(target))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Make sure that names given or removed in a folder stay so when the power fails."""
    if not hasattr(os, "O_DIRECTORY"):  # Windows opens no folder
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network drives know no such thing
            raise
    finally:
        os.close(handle)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what the operating system says into a refusal that names the file."""
    try:
        yield
    except OSError as error:
        raise Refusal(
            catalogue.issue("file-unwritable", file=path.name, path=path, reason=reason(error))
        ) from error


def reason(error: OSError) -> str:
    """What the operating system says, in its words."""
    return error.strerror or str(error)


def is_there(path: Path) -> bool:
    """Is there a file or folder at this path, or behind the link there?

    Unlike `Path.exists` in some versions of Python, it does not say no where the system cannot
    say so: a name that is too long, a folder that nobody may look into. Raises `OSError` then.
    """
    try:
        path.stat()
    except OSError as error:
        if error.errno in NOTHING_THERE:
            return False
        raise
    except ValueError:  # a name with a character that no name can hold
        return False
    return True


def from_here(path: Path) -> str:
    """The path as seen from the folder one is in, if that is shorter to read."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith(os.pardir) else relative


def _permissions(target: Path) -> int:
    """Those of the file that is replaced; for a new file what the user's umask leaves."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
