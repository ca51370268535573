"""Commands that are stopped at random instants, and what they leave behind.

A command runs in a child of this process, which has everything loaded already: so the
instants fall into its work and not into its start.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from sheetpack import transaction
from sheetpack.__main__ import STOPPED
from sheetpack.cli import main

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system knows no fork")


class Ended(NamedTuple):
    """How a command ended.

    Attributes:
        code: Its exit code; the signal as a negative number where it was killed.
        said: What it wrote, both streams together.
    """

    code: int
    said: str
    seconds: float


@dataclass
class Work:
    """A command on a package, and what may be read once it was stopped.

    Attributes:
        fresh: Lays out the package anew; returns its folder.
        arguments: The command, from the folder.
        held: What matters of what lies in the folder: name → bytes.
        settle: What anybody would do next; brings to an end what was begun.
    """

    fresh: Callable[[Path], Path]
    arguments: Callable[[Path], Sequence[str]]
    held: Callable[[Path], Mapping[str, bytes]]
    settle: Callable[[Path], None] = transaction.recover


@dataclass
class Tally:
    """What came of many trials."""

    tried: int = 0
    stopped: int = 0
    old: int = 0
    new: int = 0
    mixed: int = 0
    left_over: int = 0


def run(arguments: Sequence[str], folder: Path, stop: int = 0, after: float = 0.0) -> Ended:
    """Run a command in a child; send it a signal after some seconds, unless it ends before."""
    output = folder.parent / "said.txt"
    output.write_bytes(b"")
    is_ready, ready = os.pipe()
    child = os.fork()
    if not child:
        _be_command(arguments, output, ready)
    os.read(is_ready, 1)
    os.close(is_ready)
    os.close(ready)
    begun = time.monotonic()
    if stop:
        time.sleep(after)
        os.kill(child, stop)  # nobody has waited for it yet, so the id is still its own
    _, status = os.waitpid(child, 0)
    seconds = time.monotonic() - begun
    return Ended(os.waitstatus_to_exitcode(status), output.read_text("utf-8"), seconds)


def _be_command(arguments: Sequence[str], output: Path, ready: int) -> None:
    """Become a command whose words go to a file; never returns."""
    code = 70
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        handle = os.open(output, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        for number in (1, 2):
            os.set_inheritable(number, True)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = sys.stdout
        os.write(ready, b".")
        main([*map(str, arguments)], prog_name="sheetpack")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:  # before the first line of the command, as `__main__` has it
        print("Stopped.")
        code = STOPPED
    finally:
        sys.stdout.flush()
        os._exit(code)


def trials(work: Work, parent: Path, stop: int, count: int, seed: int = 1) -> Tally:
    """Stop a command `count` times at instants spread over its whole run.

    Each time the folder must hold all of the old files or all of the new ones, once it was
    settled, and nothing besides.
    """
    chance = random.Random(seed)
    folder = work.fresh(parent / "whole")
    old = work.held(folder)
    whole = run(work.arguments(folder), folder)
    assert whole.code == 0, whole.said
    new = work.held(folder)
    assert new != old
    tally = Tally()
    for at in range(count):
        folder = work.fresh(parent / f"trial-{at}")
        after = whole.seconds * chance.uniform(0.0, 1.1)
        ended = run(work.arguments(folder), folder, stop, after)
        tally.tried += 1
        tally.stopped += ended.code != 0
        if stop == signal.SIGINT:
            assert ended.code in (0, 130), ended
            assert "Traceback" not in ended.said, ended
            assert ended.code == 0 or ended.said.endswith("Stopped.\n"), ended
        work.settle(folder)
        found = work.held(folder)
        tally.old += found == old
        tally.new += found == new
        tally.mixed += found not in (old, new)
        tally.left_over += any(_is_left_over(path) for path in folder.rglob("*"))
        shutil.rmtree(folder.parent)
    return tally


def _is_left_over(path: Path) -> bool:
    return path.name.startswith(".sheetpack") or path.suffix == ".tmp"
