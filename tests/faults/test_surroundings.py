"""Clock, time zone, language and the seed of hashing change nothing in what is written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import sheetpack
from tests.faults.works import all_files, edited

SOURCES = str(Path(sheetpack.__file__).parents[1])
PLAIN = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}

# Another clock for the whole of a command, wherever it asks.
ANOTHER_CLOCK = """
import datetime, sys, time
SHIFT = {shift}
real = time.time
time.time = lambda: real() + SHIFT
time.time_ns = lambda: int(time.time() * 1e9)
def moved(function):
    return lambda at=None: function(time.time() if at is None else at)
time.localtime, time.gmtime = moved(time.localtime), moved(time.gmtime)
class Moved(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
datetime.datetime = Moved
from sheetpack.__main__ import start
sys.argv[0] = "sheetpack"
start()
"""

SURROUNDINGS = {
    "far east": {"TZ": "Pacific/Kiritimati"},
    "far west": {"TZ": "America/Los_Angeles"},
    "no time zone": {"TZ": "Nowhere/At_All"},
    "plain C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8"},
    "not there": {"LC_ALL": "xx_YY"},
    "another seed": {"PYTHONHASHSEED": "4242"},
    "bytes of another age": {"LC_ALL": "C", "PYTHONIOENCODING": "latin-1"},
}
CLOCKS = {"ten years ago": -315_000_000, "in thirty years": 946_000_000, "1970": -1_790_000_000}


def results(parent: Path, surroundings: dict[str, str], shift: int = 0) -> dict[str, bytes]:
    """All files after a merge and a build."""
    folder = edited(parent)
    book = str(parent / "book.xlsx")
    for arguments in (["merge", book, "--package"], ["build", "--package"]):
        done = subprocess.run(
            [sys.executable, "-c", ANOTHER_CLOCK.format(shift=shift), *arguments, str(folder)],
            env=os.environ | PLAIN | {"PYTHONPATH": SOURCES} | surroundings,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        assert b"Traceback" not in done.stderr
    return all_files(folder)


@pytest.fixture(scope="module")
def usual(tmp_path_factory) -> dict[str, bytes]:
    return results(tmp_path_factory.mktemp("usual"), {})


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_zone_language_and_seed_change_no_byte(name, usual, tmp_path):
    assert results(tmp_path, SURROUNDINGS[name]) == usual


@pytest.mark.parametrize("name", CLOCKS)
def test_a_wrong_clock_changes_no_byte(name, usual, tmp_path):
    assert results(tmp_path, {}, CLOCKS[name]) == usual
