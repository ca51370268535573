"""What a stranger's SQL may take of a computer: bounded memory, no disk, bounded time.

The data itself lies on the disk where it is large; what SQL makes of it does not.

SQLite counts its own steps and can be stopped between two of them (see `database.select`).
A single step is out of reach, though, and some take a time that grows with the product of the
lengths of two texts; so the texts are kept short, and a clock watches besides.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

MOST_MEMORY = 2_000_000_000  # bytes, of all databases of this process together
MEMORY_IN_WORDS = f"{MOST_MEMORY // 1_000_000_000} GB of memory"
CACHE = 32_000_000  # bytes of the data that are in memory at once
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
    connection.execute("PRAGMA journal_mode = OFF")  # after a crash nobody needs it
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA hard_heap_limit = {MOST_MEMORY}")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, LONGEST_LIKE)


def narrow(connection: sqlite3.Connection, longest: int) -> set[str]:
    """Once the data is in, keep SQL from the disk, and from values much longer than the data's.

    What it sorts or keeps meanwhile has to fit into the memory that it may take.

    Args:
        longest: Characters in the longest cell of the data.

    Returns:
        The functions that must be refused, as the data holds texts on which they could
        take for ever.
    """
    connection.execute("PRAGMA temp_store = MEMORY")
    wanted = longest * BYTES_IN_CHARACTER
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, min(max(wanted, LONGEST_MADE), LONGEST_VALUE))
    return SLOW_FUNCTIONS if wanted > LONGEST_MADE else set()


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
