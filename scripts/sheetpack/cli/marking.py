"""A copy of somebody's workbook with the cells marked that need another look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from sheetpack import catalogue, files
from sheetpack.issue import Issue, Refusal
from sheetpack.marking import page
from sheetpack.marking.copy import is_as_marked, marked_copy

PROBLEMS, CONFLICTS = "Problems", "Conflicts"
INTRO = {
    PROBLEMS: "Correct these cells, save the workbook and send it back. This sheet may stay.",
    CONFLICTS: "Somebody else has changed these cells too. Write into each what is right, save "
    "the workbook and send it back. This sheet may stay.",
}


def refuse_to_replace(workbook: Path, target: Path | None) -> None:
    """Asked before anything is done. Raises `Refusal` as `write_marked` does."""
    if target and target.exists() and workbook.exists() and target.samefile(workbook):
        raise Refusal(catalogue.issue("copy-same", file=target.as_posix()))
    if target and target.exists() and not is_as_marked(target):
        raise Refusal(catalogue.issue("copy-edited", file=target.as_posix()))


def write_marked(workbook: Path, target: Path | None, issues: Sequence[Issue], name: str) -> Path:
    """Write the copy and say where it is.

    Args:
        target: Where it goes; None for a name of its own beside the workbook.
        name: That of the sheet that lists the issues: `PROBLEMS` or `CONFLICTS`.

    Raises:
        Refusal: It would replace the workbook itself, or a file that may hold edits.
    """
    refuse_to_replace(workbook, target)
    target = target or _free_name(workbook, name)
    listed = replace(page.problems(issues, intro=[INTRO[name]]), name=name)
    marked = marked_copy(workbook.read_bytes(), page.marks(issues), listed)
    files.write(target, marked)
    return target


def _free_name(workbook: Path, name: str) -> Path:
    """Beside the workbook; nothing that is there already is replaced."""
    stem = f"{workbook.stem}-{name.lower()}"
    endings = chain([""], (f"-{number}" for number in count(2)))
    paths = (workbook.with_name(f"{stem}{ending}.xlsx") for ending in endings)
    return next(path for path in paths if not path.exists())
