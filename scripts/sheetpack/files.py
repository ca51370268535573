"""Writing files so that a reader finds the old or the new one, never half of either."""

from __future__ import annotations

import os
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile

from sheetpack import catalogue
from sheetpack.issue import Refusal

# What opening or unpacking a file can raise where it is absent, forbidden or damaged.
UNREADABLE = (OSError, BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error)


def write(path: Path, data: bytes) -> None:
    """Replace one file, or create it with its folder. Raises `Refusal` where that fails."""
    write_all({path: data})


def write_all(contents: Mapping[Path, bytes]) -> None:
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
            with _refusing(path):
                target = path.resolve()
                if target.is_dir():
                    raise IsADirectoryError(None, "a folder of that name is in the way")
                target.parent.mkdir(parents=True, exist_ok=True)
                staged[target] = _stage(target, data)
        for target in list(staged):
            with _refusing(target):
                staged[target].replace(target)
                del staged[target]
    finally:
        for leftover in staged.values():
            leftover.unlink(missing_ok=True)


def _stage(target: Path, data: bytes) -> Path:
    """Write a temporary file beside the target, with the target's permissions."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_permissions(target))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _permissions(target: Path) -> int:
    """Those of the file that is replaced; for a new file what the user's umask leaves."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Turn what the operating system says into a refusal that names the file."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refusal(
            catalogue.issue("file-unwritable", file=path.name, path=path, reason=reason)
        ) from error
