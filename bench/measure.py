"""Whole processes, measured in turn: time, processor time and peak memory of each."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

MEGABYTE = 1024  # of the kilobytes in which Linux tells the memory


@dataclass(frozen=True)
class Program:
    """Something to run.

    Attributes:
        needs: A file that must be there for it to run.
        once: Is it run in the first round only, as it makes a file for others?
    """

    name: str
    command: Sequence[str]
    folder: Path
    needs: Path | None = None
    once: bool = False


@dataclass(frozen=True)
class Run:
    """What one run took: seconds, seconds of processors, megabytes.

    A process begins as a copy of the one that starts it, so no peak is below the memory of that.
    """

    wall: float
    cpu: float
    memory: float


@dataclass
class Runs:
    """All runs of one program; empty where it failed, and then why."""

    runs: list[Run] = field(default_factory=list)
    failure: str = ""

    def of(self, what: str) -> list[float]:
        return [getattr(run, what) for run in self.runs]

    def median(self, what: str) -> float:
        return median(self.of(what))


def run(program: Program, environment: Mapping[str, str]) -> Run:
    """Run it once. Raises `RuntimeError` with the last words of a program that fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        program.command,
        cwd=program.folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    words = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        lines = words.decode(errors="replace").strip().splitlines() or ["it failed"]
        raise RuntimeError(lines[-1])
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / MEGABYTE)


def in_turn(
    programs: Sequence[Program], environment: Mapping[str, str], times: int, until: float
) -> Iterator[tuple[str, Runs]]:
    """Run all programs, round after round, so that what else the machine does meets all alike.

    Args:
        times: How many rounds.
        until: When to stop, as `time.monotonic` tells it; one round is always made.

    Yields:
        Each program's name and its runs so far, whenever one was added.
    """
    found = {program.name: Runs() for program in programs}
    for number in range(times):
        for program in programs:
            runs = found[program.name]
            if runs.failure or (program.needs and not program.needs.exists()):
                continue
            if number and program.once:
                continue
            if number and time.monotonic() > until:
                return
            try:
                runs.runs.append(run(program, environment))
            except RuntimeError as error:
                runs.failure = str(error)
            yield program.name, runs


def ratios(ours: Runs, others: Runs, what: str) -> list[float]:
    """Ours in terms of the other, round by round."""
    pairs = zip(ours.of(what), others.of(what), strict=False)
    return [one / other for one, other in pairs if other]
