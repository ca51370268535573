"""Tries one input with every command, each input in a process of its own, within limits.

    python -m tests.fuzz.trying

reads the folders of inputs, one a line, and answers each with a line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sheetpack import catalogue
from tests.fuzz.seeds import Files, descriptor_of, files_of

SECONDS = 20  # of the processor, for all commands together; most inputs take a tenth of one
WAITING = 120  # of the clock, as nothing may wait for what never comes either
MEGABYTES = 2_048  # of address space, of which the libraries alone take half
WORKBOOK = "edited.xlsx"
WRITING = {"format", "merge"}
FAULT = catalogue.messages()["internal"]["message"].partition("{")[0]


@dataclass(frozen=True)
class Tried:
    """What became of an input.

    Attributes:
        verdict: "valid", "told" (its problems, row by row) or "refused" (in a sentence).
        faults: What must never be: [] is what we want.
        megabytes: The most memory that the process held.
    """

    verdict: str
    faults: list[str]
    megabytes: int = 0


class Trier:
    """A process that has loaded everything, and forks for each input."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.fuzz.trying"]
        root = Path(__file__).parents[2]
        path = os.pathsep.join([str(root / "scripts"), str(root)])
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=root,
            env=os.environ | {"PYTHONPATH": path},
        )

    def __call__(self, folder: Path, files: Files) -> Tried:
        """Write the input into a folder that does not exist yet, try it, take it away."""
        put(folder, files)
        try:
            self.process.stdin.write(f"{folder}\n")
            self.process.stdin.flush()
            return Tried(**json.loads(self.process.stdout.readline()))
        finally:
            shutil.rmtree(folder)

    def close(self) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def put(folder: Path, files: Files) -> None:
    """Write an input where `tried` looks for it."""
    for name, data in files.items():
        path = folder / "package" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def commands(folder: Path) -> Iterator[list[str]]:
    """The commands for an input, the one that gives the verdict first."""
    package = folder / "package"
    given = str(package / (descriptor_of(files_of(package)) or "datapackage.json"))
    book = package / WORKBOOK
    of = ["--package", given]
    if book.exists():
        yield ["validate", str(book), *of, "--annotate", str(folder / "marked.xlsx")]
        yield ["diff", given, str(book), *of, "--format", "markdown"]
        yield ["merge", str(book), *of, "--annotate", str(folder / "marked.xlsx")]
        return
    yield ["validate", given, "--format", "github"]
    yield ["build", *of, "--output", str(folder / "built"), "--export", "sqlite"]
    yield ["diff", given, given, "--format", "json"]
    yield ["format", *of, "--format", "markdown"]


def tried(folder: Path) -> Tried:
    """Try the input in a folder with all its commands, here."""
    verdict, faults = "", []
    shutil.copytree(folder / "package", folder / "before")
    before = files_of(folder / "package")
    for arguments in commands(folder):
        code, output = run(arguments)
        after = files_of(folder / "package")
        if code not in (0, 1, 2, 3):
            faults.append(f"{arguments[0]}: exit code {code}")
        if FAULT in output or "Traceback (most recent" in output:
            sentence = output[output.find(FAULT) :] if FAULT in output else output[-300:]
            faults.append(f"{arguments[0]}: {sentence[:300]}")
        if after != before and (code != 0 or arguments[0] not in WRITING):
            faults.append(f"{arguments[0]}: files were changed, with exit code {code}")
        if after != before and arguments[0] == "format" and not _same(folder):
            faults.append("format: values were changed")
        verdict = verdict or {0: "valid", 1: "told"}.get(code, "refused")
    return Tried(verdict, faults)


def _same(folder: Path) -> bool:
    """Does the data say what it said before?"""
    name = descriptor_of(files_of(folder / "package"))
    sides = [str(folder / place / name) for place in ("before", "package")]
    code, output = run(["diff", *sides, "--format", "json"])
    return code == 0 and not any(json.loads(output)["counts"].values())


def run(arguments: list[str]) -> tuple[int, str]:
    """A command as somebody calls it; its exit code and everything it said, in one line."""
    from click.testing import CliRunner

    from sheetpack.cli import main

    result = CliRunner().invoke(main, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        return 99, result.output + "".join(traceback.format_exception(result.exception))
    return result.exit_code, " ".join(result.output.split())


def in_own_process(folder: Path) -> Tried:
    """Try an input in a fork of this process, within the limits."""
    answer = folder / "answer.json"
    child = os.fork()
    if child == 0:
        with _limits():
            answer.write_text(json.dumps(tried(folder).__dict__), "utf-8")
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    megabytes = used.ru_maxrss // 1_024
    if os.WIFSIGNALED(status) or not answer.exists():
        ended = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else "no answer"
        return Tried("", [f"stopped by {ended}"], megabytes)
    said: dict[str, Any] = json.loads(answer.read_text("utf-8"))
    return Tried(said["verdict"], said["faults"], megabytes)


@contextmanager
def _limits() -> Iterator[None]:
    """Time, memory, no network, nothing to the terminal; whatever fails here is told above."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(WAITING)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    without_network()
    try:
        yield
    except BaseException:
        os._exit(1)


def without_network() -> None:
    """From here on no address can be reached."""

    def refuse(*arguments: Any, **options: Any) -> Any:
        raise OSError("there is no network in this test")

    socket.socket.connect = refuse
    socket.getaddrinfo = refuse


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    run(["--help"])
    for name in ("workbook-small", "in_yaml"):  # loads all that the commands load
        _load(name)
    for line in sys.stdin:
        answers.write(json.dumps(in_own_process(Path(line.strip())).__dict__) + "\n")
        answers.flush()


def _load(name: str) -> None:
    import tempfile

    from tests.samples import PACKAGES

    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(PACKAGES / name, Path(folder, "package"))
        tried(Path(folder))


if __name__ == "__main__":
    main()
