"""Guides that are followed word for word: their files, their commands, and the answers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BOX = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"^\*\*`([^`]+)`\*\*$")
CODE = re.compile(r"exit\s+code\s+(\d)")


@dataclass(frozen=True)
class File:
    """A file that the guide has people write, and all that is in it."""

    path: str
    content: str


@dataclass(frozen=True)
class Command:
    """What people type, and what the guide says comes out.

    Attributes:
        section: The heading that it stands under.
        answer: None where the guide shows none.
        code: The exit code that it names; else 0.
    """

    text: str
    section: str
    answer: str | None = None
    code: int = 0


def steps(page: str) -> list[File | Command]:
    """All that the guide has people do, in order.

    A box below a line that is nothing but the name of a file is that file; a box of `sh` is
    a command, and a box of `text` its answer.
    """
    found: list[File | Command] = []
    section, end = "", 0
    for box in BOX.finditer(page):
        between = page[end : box.start()]
        headings = re.findall(r"^#+ (.*)$", between, flags=re.MULTILINE)
        section = headings[-1] if headings else section
        language, content = box.groups()
        lines = between.strip().splitlines()
        name = NAME.match(lines[-1]) if lines else None
        if name:
            found.append(File(name[1], content))
        elif language == "sh":
            found.append(Command(content, section))
        elif language == "text":
            asked = found.pop()
            assert isinstance(asked, Command), f"an answer without a command: {content}"
            code = CODE.search(between)
            found.append(Command(asked.text, section, content, int(code[1]) if code else 0))
        end = box.end()
    return found


def sections(page: str) -> Iterator[tuple[str, list[File | Command]]]:
    """The steps below each heading of the second level."""
    for part in re.split(r"^(?=## )", page, flags=re.MULTILINE)[1:]:
        yield part.splitlines()[0].removeprefix("## "), steps(part)


def write(folder: Path, file: File) -> None:
    """Make the file, and the folder it lies in."""
    path = folder / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(file.content, encoding="utf-8", newline="")


class Terminal:
    """Somebody's terminal, in which `sheetpack` is this project's.

    Args:
        home: A folder for what programs keep about a person.
    """

    def __init__(self, home: Path):
        programs = home / "programs"
        programs.mkdir()
        ours = programs / "sheetpack"
        ours.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sheetpack "$@"\n')
        ours.chmod(0o755)
        settings = home / "gitconfig"
        settings.write_text(
            "[user]\n\tname = Ada\n\temail = ada@example.org\n"
            "[init]\n\tdefaultBranch = main\n[safe]\n\tdirectory = *\n"
        )
        self.programs = programs
        self.variables = {
            "GIT_CONFIG_GLOBAL": str(settings),
            "GIT_CONFIG_SYSTEM": os.devnull,
            "HOME": str(home),
            "PATH": os.pathsep.join(
                [str(programs), str(Path(sys.executable).parent), os.environ["PATH"]]
            ),
            "PYTHONPATH": str(ROOT / "scripts"),
        }

    def run(
        self, command: str, folder: Path, variables: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Type a command; what it says on either stream stands together in `stdout`."""
        hooked = {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "COLUMNS"}
        kept = {name: value for name, value in os.environ.items() if name not in hooked}
        return subprocess.run(
            ["bash", "-ec", command],
            cwd=folder,
            env=kept | self.variables | dict(variables or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
