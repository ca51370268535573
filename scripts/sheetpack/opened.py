"""Is a workbook open in another program right now?

LibreOffice and Excel lay a small hidden file beside a workbook while somebody has it open. One
that was left by a crash says the same, so nothing is refused for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sheetpack import catalogue
from sheetpack.issue import Issue

MARKS = (".~lock.{0}#", "~${0}")  # of LibreOffice, of Excel


def is_open(path: Path) -> bool:
    """Does such a file lie beside it?"""
    return any(path.with_name(mark.format(path.name)).exists() for mark in MARKS)


def notes(path: Path, code: str) -> Iterator[Issue]:
    """A note where a workbook seems to be open: `workbook-open`, or `workbook-replaced`."""
    if is_open(path):
        yield catalogue.issue(code, file=path.name, level="warning")
