"""What commands share: reading with progress, and telling issues in the format asked for."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetpack import canonical, catalogue, files, rawfile, report, transaction
from sheetpack.cli.opening import is_path, open_package
from sheetpack.cli.options import FORMAT_KEY
from sheetpack.issue import Issue, Refusal
from sheetpack.package import Package
from sheetpack.reading import read
from sheetpack.report import Checked
from sheetpack.table import Table

if TYPE_CHECKING:
    from sheetpack.edits.model import Side

SILENT_SECONDS = 1.0
MOST_READINGS = 5


def tell(
    issues: Sequence[Issue], checked: Checked, format_name: str, package: Package | None = None
) -> str:
    """The report in the format asked for."""
    if format_name == "json":
        return report.as_json(issues, checked)
    if format_name == "markdown":
        return report.markdown(issues, checked)
    if format_name == "github":
        return report.github(issues, checked, Lines(package))
    return report.text(issues, checked)


def tell_refusal(ctx: click.Context, error: Exception) -> None:
    """Say why nothing could be done. What nobody foresaw is told as a fault of ours."""
    if isinstance(error, Refusal):
        issues = error.issues
    elif isinstance(error, OSError):  # such as the folder one is in, removed meanwhile
        path = f" ({error.filename})" if error.filename else ""
        issues = [catalogue.issue("system", reason=f"{files.reason(error)}{path}")]
    else:
        reason = f"{type(error).__name__}: {error}"
        issues = [catalogue.issue("internal", reason=reason)]
    format_name = ctx.meta.get(FORMAT_KEY, "text")
    click.echo(tell(issues, Checked(), format_name), err=format_name == "text")


class Lines:
    """Finds the path and the line of an issue; a cell with line breaks shifts later rows."""

    def __init__(self, package: Package | None):
        self.package = package
        self.starts: dict[str, Sequence[int]] = {}

    def __call__(self, issue: Issue) -> tuple[str, int]:
        path = ""
        if issue.file:
            folder = self.package.folder if self.package else Path.cwd()
            path = Path(os.path.relpath(folder / issue.file)).as_posix()
        # Without a resource the row is one of a view's answer, which no line of a file holds.
        if not issue.row or not issue.resource or not self.package:
            return path, 0
        if issue.resource not in self.starts:
            self.starts[issue.resource] = self._starts(issue.resource)
        starts = self.starts[issue.resource]
        return path, starts[issue.row - 1] if issue.row <= len(starts) else 0

    def _starts(self, name: str) -> Sequence[int]:
        source = self.package.resource(name).source
        file = rawfile.plain_file(source)
        encoding = source.encoding or "utf-8"
        if file is None or rawfile.first_bad_byte(file, encoding):
            return []
        return rawfile.line_numbers(file, encoding, canonical.dialect_of(source))


def read_tables(package: Package, progress: Progress) -> tuple[dict[str, Table], Checked]:
    """Every table of a package by the name of its resource, and how much that is.

    Where another command writes meanwhile, all is read again: tables of before and of after
    do not belong together.

    Raises:
        Refusal: Another command is still writing, or the files change again and again.
    """
    for _ in range(MOST_READINGS):
        before = _state(package)
        tables = {}
        for resource in package.resources:
            progress(f"Reading {resource.file or resource.name}")
            tables[resource.name] = read(resource, package)
        if before == _state(package) and not transaction.is_writing(package.folder):
            rows = sum(len(table.rows) for table in tables.values())
            return tables, Checked(len(tables), rows)
        transaction.recover(package.folder)  # waits for who writes
    raise Refusal(catalogue.issue("data-moving"))


def read_named(name: str, package_path: Path, progress: Progress) -> tuple[Package, Side]:
    """A package and its data: that of a descriptor or its folder, else a revision that git keeps.

    Args:
        package_path: The package that a revision is one of.

    Raises:
        Refusal: There is nothing of that name, or it cannot be read.
    """
    from sheetpack.edits import sides

    if not is_path(name):
        return sides.at_revision(package_path, name)
    package = open_package(Path(name))
    tables, _ = read_tables(package, progress)
    return package, sides.of_readable(tables)


def _state(package: Package) -> list[tuple[int, ...] | None]:
    """What tells whether a data file is still the one that it was."""
    state: list[tuple[int, ...] | None] = []
    for resource in package.resources:
        for path in rawfile.local_files(resource.source):
            try:
                found = path.stat()
                state.append((found.st_ino, found.st_mtime_ns, found.st_size))
            except (OSError, ValueError):  # reading tells why
                state.append(None)
    return state


class Progress:
    """Says on the error stream what is being done, once it takes longer than a second."""

    def __init__(self, quiet: bool):
        self.quiet = quiet or not sys.stderr.isatty()
        self.begun = time.monotonic()

    def __call__(self, what: str) -> None:
        if not self.quiet and time.monotonic() - self.begun > SILENT_SECONDS:
            click.echo(f"{what} …", err=True)
