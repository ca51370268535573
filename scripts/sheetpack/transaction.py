"""Writing several files of one package: all of them, or none, whatever happens meanwhile.

New files are written beside the old ones first; then one renaming of the note about them
(see `journal`) decides that they count, and they are moved into place. Whoever is killed
before that moment has changed nothing, whoever is killed after it has changed everything:
the next command finds the note, and takes back what was begun or brings it to its end. The
old files are kept until every new one is in its place.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from sheetpack import catalogue, files, journal, scratch
from sheetpack.issue import Issue, Refusal
from sheetpack.journal import PREPARING, SAVING, STATES, UNDOING, Move
from sheetpack.scratch import Scratch

LOCK = ".sheetpack.lock"
DRAFT = ".sheetpack.draft"  # the note while it is written
SECONDS_TO_WAIT = 5.0


@contextmanager
def locked(folder: Path, wait: float | None = None) -> Iterator[None]:
    """Keep every other process from writing to a package, from here to the end of the block.

    Whoever holds it may lock the folder again, as `commit` does. The system gives it back
    when a process dies.

    Args:
        wait: For how many seconds another process that writes is waited for; a few if not said.

    Raises:
        Refusal: Another one is still writing, or the folder cannot be written to.
    """
    lock = FileLock(_absolute(folder) / LOCK, is_singleton=True)
    is_held = lock.is_locked
    try:
        lock.acquire(timeout=SECONDS_TO_WAIT if wait is None else wait)
    except Timeout as error:
        raise Refusal(catalogue.issue("save-busy")) from error
    except (OSError, NotImplementedError) as error:
        with files.refusing(folder):
            raise OSError(*error.args) from error
    try:
        yield
    finally:
        if not is_held:
            # A process that waits for a file which is gone tries again with a new one.
            with suppress(OSError):  # Windows removes it on release
                Path(lock.lock_file).unlink()
        lock.release()


def commit(folder: Path, contents: Mapping[Path, bytes | Scratch]) -> None:
    """Replace files of one package, or add some to folders that exist: all, or none.

    A symbolic link is kept, and the file it leads to is replaced; permissions are kept too.

    Args:
        folder: Where the package's descriptor lies; the files lie in it, or below.

    Raises:
        Refusal: A file cannot be written (a full disk, a forbidden folder), lies elsewhere,
            or another process is writing; every file is as it was then. If even that cannot
            be done at once, an issue says so, and the next command does it.
    """
    if not contents:
        return
    folder = _absolute(folder)
    with locked(folder):
        _settle(folder)
        try:
            with files.refusing(folder):
                moves = journal.planned(folder, contents)
        except ValueError as error:
            raise Refusal(catalogue.issue("save-outside", reason=error)) from error
        if moves:
            _save(folder, moves)


def recover(folder: Path) -> None:
    """Bring a saving that was interrupted to its end, or take it back; else do nothing.

    Every command calls this before it reads a package.

    Raises:
        Refusal: That cannot be done, or another process is still writing.
    """
    folder = _absolute(folder)
    if any(os.path.lexists(folder / name) for name in STATES):
        with locked(folder):
            _settle(folder)
    elif any(os.path.lexists(folder / name) for name in (LOCK, DRAFT)):
        # Left by a process that died, or in use by one that has not begun to write.
        with suppress(Refusal), locked(folder, wait=0):
            _settle(folder)


def is_writing(folder: Path) -> bool:
    """May some files of a package be new while others are old still?"""
    return any(os.path.lexists(folder / name) for name in (SAVING, UNDOING))


def _save(folder: Path, moves: Mapping[Move, bytes | Scratch]) -> None:
    """Write all files; where one fails, all are as they were."""
    try:
        with files.refusing(folder):
            files.stage(folder / DRAFT, folder / PREPARING, [journal.to_bytes(moves)])
            (folder / DRAFT).rename(folder / PREPARING)
            files.sync_folder(folder)
        for move, data in moves.items():
            with files.refusing(move.target):
                files.stage(move.staged, move.target, scratch.pieces(data))
                if move.old is not None:
                    _keep(move)
        with files.refusing(folder):
            _sync(folder, moves)
            (folder / PREPARING).rename(folder / SAVING)
            files.sync_folder(folder)
        for move in moves:
            with files.refusing(move.target):
                move.staged.replace(move.target)
        with files.refusing(folder):
            _sync(folder, moves)
    except BaseException as error:
        trouble = _take_back(folder, moves)
        if trouble and isinstance(error, Refusal):
            raise Refusal(*error.issues, trouble) from error
        raise
    with suppress(OSError):  # all is written; the next command tidies up
        _clear(folder, moves)


def _keep(move: Move) -> None:
    """Keep the old file under a second name; as a copy on disks that know no second names."""
    try:
        move.backup.hardlink_to(move.target)
    except OSError:
        move.backup.unlink(missing_ok=True)
        with move.target.open("rb") as old:
            files.stage(move.backup, move.target, scratch.pieces_of(old))
        shutil.copystat(move.target, move.backup)


def _take_back(folder: Path, moves: Iterable[Move]) -> Issue | None:
    """Make every file what it was. Returns the issue that says why not, if that fails too."""
    try:
        if (folder / SAVING).exists():
            (folder / SAVING).rename(folder / UNDOING)
            files.sync_folder(folder)
            _undo(folder, moves)
        _clear(folder, moves)
    except OSError as error:
        return catalogue.issue("save-unfinished", reason=files.reason(error))
    except Refusal as refusal:
        return refusal.issues[0]
    return None


def _settle(folder: Path) -> None:
    """End what an interrupted process began. The lock must be held."""
    found = [folder / name for name in STATES if os.path.lexists(folder / name)]
    try:
        if not found:
            (folder / DRAFT).unlink(missing_ok=True)
            return
        note, *others = found
        if others:
            raise ValueError(f"{others[0].name} lies beside it")
        moves = journal.read(note)
        if note.name == SAVING:
            _finish(folder, moves)
        elif note.name == UNDOING:
            _undo(folder, moves)
        _clear(folder, moves)
    except ValueError as error:
        raise Refusal(catalogue.issue("save-unclear", file=found[0].name, reason=error)) from error
    except OSError as error:
        raise Refusal(catalogue.issue("save-unfinished", reason=files.reason(error))) from error


def _finish(folder: Path, moves: Iterable[Move]) -> None:
    """Move every new file that is not there yet to its place. It can be done many times."""
    pending = []
    for move in moves:
        now = journal.fingerprint(move.target)
        if now == move.new:
            continue
        if now != move.old or journal.fingerprint(move.staged) != move.new:
            raise _changed(move, SAVING)
        pending.append(move)
    for move in pending:
        move.staged.replace(move.target)
    _sync(folder, pending)


def _undo(folder: Path, moves: Iterable[Move]) -> None:
    """Put every old file back that is not there. It can be done many times."""
    pending = []
    for move in moves:
        now = journal.fingerprint(move.target)
        if now == move.old:
            continue
        if now != move.new or (move.old and journal.fingerprint(move.backup) != move.old):
            raise _changed(move, UNDOING)
        pending.append(move)
    for move in pending:
        if move.old is None:
            move.target.unlink()
        else:
            move.backup.replace(move.target)
    _sync(folder, pending)


def _clear(folder: Path, moves: Iterable[Move]) -> None:
    """Remove what is no longer needed, the note last: while it is there, nothing is lost."""
    for move in moves:
        move.staged.unlink(missing_ok=True)
        move.backup.unlink(missing_ok=True)
    for name in (DRAFT, *STATES):
        (folder / name).unlink(missing_ok=True)
    files.sync_folder(folder)


def _sync(folder: Path, moves: Iterable[Move]) -> None:
    for parent in {folder, *(move.target.parent for move in moves)}:
        files.sync_folder(parent)


def _changed(move: Move, note: str) -> Refusal:
    return Refusal(catalogue.issue("save-changed", file=move.path, note=note))


def _absolute(folder: Path) -> Path:
    """One spelling of a folder, however it is called; links in its path stay."""
    return Path(os.path.abspath(folder))  # noqa: PTH100 - resolving would follow links
