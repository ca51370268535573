"""What a stranger's SQL may take of a computer: bounded memory, bounded disk, bounded time.

Where the data is large, it lies in files without a name, and so does what SQL sorts or keeps
meanwhile. They are gone with the database.

SQLite counts its own steps and can be stopped between two of them (see `database.select`).
A single step is out of reach, though, and some take a time that grows with the product of the
lengths of two texts; so the texts are kept short, and a clock watches besides.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer

MOST_MEMORY = 2_000_000_000  # bytes, of all databases of this process together
MEMORY_IN_WORDS = f"{MOST_MEMORY // 1_000_000_000} GB of memory"
MOST_DISK = 4_000_000_000  # bytes that one statement may take while it runs
DISK_IN_WORDS = f"{MOST_DISK // 1_000_000_000} GB of the disk"
CACHE = 16_000_000  # bytes of the data that are in memory at once
LONGEST_MADE = 300_000  # bytes in one value that SQL makes; a cell of a sheet holds 131,068
LONGEST_VALUE = 50_000_000  # bytes in one value that comes from the data
LONGEST_LIKE = 1_000  # bytes in a pattern of LIKE and GLOB
BYTES_IN_CHARACTER = 4  # at most, in UTF-8
MOST_SECONDS = 120.0

# They take a time that grows with the product of two lengths.
SLOW_FUNCTIONS = {"instr", "ltrim", "replace", "rtrim", "trim"}


def set_up(connection: sqlite3.Connection) -> None:
    """Bound the memory of a new database, whose data goes to the disk where it is too large."""
    connection.execute(f"PRAGMA cache_size = {-CACHE // 1_024}")  # negative: in KiB
    connection.execute("PRAGMA temp_store = FILE")
    connection.execute("PRAGMA journal_mode = OFF")  # after a crash nobody needs it
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA hard_heap_limit = {MOST_MEMORY}")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, LONGEST_LIKE)


def narrow(connection: sqlite3.Connection, longest: int) -> set[str]:
    """Once the data is in, keep SQL from values much longer than the data's.

    Args:
        longest: Characters in the longest cell of the data.

    Returns:
        The functions that must be refused, as the data holds texts on which they could
        take for ever.
    """
    wanted = longest * BYTES_IN_CHARACTER
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, min(max(wanted, LONGEST_MADE), LONGEST_VALUE))
    return SLOW_FUNCTIONS if wanted > LONGEST_MADE else set()


class Disk:
    """How much of the disk this process takes, from now on.

    Attributes:
        was_full: Was it ever seen to be more than one statement may take?
    """

    def __init__(self) -> None:
        self.before = _without_a_name()
        self.was_full = False

    def is_full(self) -> bool:
        """Is it more than one statement may take? Where the system doesn't tell, it never is."""
        is_full = _without_a_name() - self.before > MOST_DISK
        self.was_full |= is_full
        return is_full


def _without_a_name() -> int:
    """Bytes in this process's files that have no name: SQLite's temporary ones, and ours."""
    total = 0
    with suppress(OSError):  # Windows has no such folder
        for name in os.listdir("/dev/fd"):  # noqa: PTH208 - names are all that is wanted
            with suppress(OSError):  # the one of that folder itself is closed already
                found = os.fstat(int(name))
                total += found.st_size if stat.S_ISREG(found.st_mode) and not found.st_nlink else 0
    return total


@contextmanager
def in_time(connection: sqlite3.Connection) -> Iterator[None]:
    """Stop whatever still runs after `MOST_SECONDS`; it raises `sqlite3.OperationalError` then."""
    clock = Timer(MOST_SECONDS, connection.interrupt)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
