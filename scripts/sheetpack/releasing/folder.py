"""The folder of files that a release hands out, with their fingerprints."""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sheetpack import catalogue, files, scratch
from sheetpack.edits import shown
from sheetpack.edits.model import Changes
from sheetpack.issue import Issue, Refusal
from sheetpack.releasing.reason import Reason
from sheetpack.scratch import Scratch

SUMS = "SHA256SUMS"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip can tell; the same on every day


def sums(contents: Mapping[str, bytes | Scratch]) -> bytes:
    """The fingerprint of each file, as `sha256sum --check` reads them."""
    lines = (f"{scratch.fingerprint(contents[name])}  {name}\n" for name in sorted(contents))
    return "".join(lines).encode()


def packed(folder: Path, paths: Iterable[Path], instead: Mapping[Path, bytes]) -> bytes:
    """Files of a package as one zip, by their places in its folder.

    Args:
        instead: What some of them will hold, where that is not what they hold now.
    """
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for path in sorted(paths):
            entry = ZipInfo(path.relative_to(folder).as_posix(), EARLIEST)
            entry.external_attr = 0o644 << 16
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, instead[path] if path in instead else path.read_bytes())
    return file.getvalue()


def as_json(
    version: str, previous: str, rank: str, reasons: Sequence[Reason], changes: Changes
) -> bytes:
    """Everything that changed since the release before, for a program; no row is left out."""
    found = {
        "version": version,
        "previous": previous,
        "rank": rank,
        "reasons": [asdict(reason) for reason in reasons],
        "changes": json.loads(shown.as_json(changes)),
    }
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


def obstacle(target: Path, contents: Mapping[str, bytes | Scratch]) -> Issue | None:
    """What keeps the files from being laid out, such as others that lie there; else None."""
    if os.path.realpath(target) == os.path.realpath(Path.cwd()):
        return catalogue.issue("release-folder-here", folder=target.as_posix())
    if target.exists() and not _is_free(target) and not _is_there(target, contents):
        return catalogue.issue("release-folder-taken", folder=target.as_posix())
    return None


def lay_out(target: Path, contents: Mapping[str, bytes | Scratch]) -> bool:
    """Make the folder with all its files, or nothing.

    Returns:
        Was it made? False where it is there already, whole and the same.

    Raises:
        Refusal: Other files lie there, or the folder cannot be written.
    """
    taken = obstacle(target, contents)
    if taken:
        raise Refusal(taken)
    if target.exists() and not _is_free(target):
        return False
    target = Path(os.path.realpath(target))  # what is called ".." has a name too
    made = target.with_name(f".{target.name}-{secrets.token_hex(8)}.tmp")
    try:
        files.write_all({made / name: data for name, data in contents.items()})
        with files.refusing(target):
            if target.exists():
                target.rmdir()
            made.rename(target)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return True


def _is_free(target: Path) -> bool:
    return target.is_dir() and not any(target.iterdir())


def _is_there(target: Path, contents: Mapping[str, bytes | Scratch]) -> bool:
    """Are exactly these files there, as after a release that was stopped behind this step?"""
    if not target.is_dir():
        return False
    present = {path.relative_to(target).as_posix(): path for path in _files_in(target)}
    return present.keys() == contents.keys() and all(
        _fingerprint(path) == scratch.fingerprint(contents[name]) for name, path in present.items()
    )


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if not path.is_dir()]
