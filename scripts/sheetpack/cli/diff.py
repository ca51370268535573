"""`sheetpack diff`: what differs between two versions of the data, cell by cell."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetpack.cli.options import changes_format_option, package_option

if TYPE_CHECKING:
    from sheetpack.cli.telling import Progress
    from sheetpack.edits.model import Changes, Side
    from sheetpack.package import Package

COLOURS = {
    "heading": {"bold": True},
    "added": {"fg": "green"},
    "removed": {"fg": "red"},
    "changed": {"fg": "yellow"},
}


def _is_xlsx(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    if value and value.suffix.lower() != ".xlsx":
        raise click.BadParameter("the name of a workbook ends in .xlsx.")
    return value


@click.command(short_help="Show which rows differ between two versions of the data.")
@click.argument("old")
@click.argument("new")
@package_option
@changes_format_option
@click.option(
    "--workbook",
    "output",
    metavar="OUT.xlsx",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_is_xlsx,
    help="Write a workbook as well that shows the changes, coloured.",
)
@click.option("--quiet", is_flag=True, help="Write one line only: how much differs.")
@click.pass_context
def diff(
    ctx: click.Context,
    old: str,
    new: str,
    package_path: Path,
    format_name: str,
    output: Path | None,
    quiet: bool,
) -> None:
    """Show which rows were added, removed, changed or renamed from OLD to NEW.

    Each is a datapackage.json (or the folder that holds one), a workbook built from the
    package, or a git revision of it, such as HEAD~1 or v1.0. Where a file and a revision
    have the same name, the file is meant. --package says which package a revision or a
    workbook belongs to. Rows are told apart by their key; their order does not matter. The
    data need not be valid, as long as it can be read.

    Exit codes: 0 compared, whether or not something differs; 1 a workbook leaves open what is
    meant; 2 wrong use, or one of the two cannot be read.
    """
    from sheetpack.cli.telling import Progress
    from sheetpack.edits import shapes, shown
    from sheetpack.edits.diff import compare

    if output:
        _refuse_to_replace(output, (old, new))
    progress = Progress(quiet)
    (old_package, before), (package, after) = _sides(ctx, old, new, package_path, progress)
    progress("Comparing")
    changes = compare({**shapes.of(old_package), **shapes.of(package)}, before, after)
    if output:
        progress("Making the workbook")
        _write(changes, package, output)
    if quiet:
        click.echo(shown.summary(changes))
    elif format_name == "json":
        click.echo(shown.as_json(changes))
    elif format_name == "markdown":
        click.echo(shown.markdown(changes))
    else:
        width = min(shutil.get_terminal_size().columns, 100)
        click.echo(shown.text(changes, width, _paint))


def _sides(
    ctx: click.Context, old: str, new: str, package_path: Path, progress: Progress
) -> list[tuple[Package, Side]]:
    """Both sides, each with its package.

    A workbook comes last, as what is known of the other side helps to read it.
    """
    from sheetpack.cli.telling import read_named

    found: dict[int, tuple[Package, Side]] = {}
    for at, name in sorted(enumerate((old, new)), key=lambda item: _is_workbook(item[1])):
        progress(f"Reading {name}")
        if not _is_workbook(name):
            found[at] = read_named(name, package_path, progress)
            continue
        other = found.get(1 - at)
        package = _package_of_workbook(ctx, package_path, other and other[0])
        found[at] = package, _workbook(ctx, Path(name), package, other and other[1])
        if other:
            # A sheet that is missing says nothing of its rows; a note has told it.
            there = found[at][1].keys()
            found[1 - at] = other[0], {key: other[1][key] for key in other[1] if key in there}
    return [found[0], found[1]]


def _is_workbook(name: str) -> bool:
    """Is it a file other than a descriptor? What is no workbook either is told on opening it."""
    from sheetpack.cli.opening import is_path
    from sheetpack.descriptor import SUFFIXES

    path = Path(name)
    return is_path(name) and not path.is_dir() and path.suffix.lower() not in SUFFIXES


def _package_of_workbook(ctx: click.Context, path: Path, other: Package | None) -> Package:
    """The one that is named; where none is, that of the other side if it is a package."""
    from sheetpack.cli.opening import open_package

    named = ctx.get_parameter_source("package_path") != click.core.ParameterSource.DEFAULT
    return other if other and not named else open_package(path)


def _workbook(ctx: click.Context, path: Path, package: Package, other: Side | None) -> Side:
    """The data that a workbook holds. What was repaired is told; questions end the command."""
    from sheetpack import opened, report
    from sheetpack.cli.telling import tell
    from sheetpack.received import edited
    from sheetpack.report import Checked

    read = edited.read(package, path, other)
    issues = [*opened.notes(path, "workbook-open"), *read.issues]
    wrong = any(issue.level == "error" for issue in issues)
    if wrong:
        checked = Checked(len(read.side), sum(len(grid.lines) for grid in read.side.values()))
        click.echo(tell(issues, checked, ctx.params["format_name"]))
        ctx.exit(1)
    if issues:
        click.echo(report.notes(issues), err=True)  # beside the answer, for people
    return read.side


def _paint(line: str, what: str) -> str:
    """The line in its colour, where a terminal shows it and nobody objects."""
    plain = not _is_terminal() or os.environ.get("NO_COLOR") or what not in COLOURS
    return line if plain else click.style(line, **COLOURS[what])


def _is_terminal() -> bool:
    return sys.stdout.isatty()


def _refuse_to_replace(output: Path, inputs: tuple[str, str]) -> None:
    """A workbook of changes never takes the place of what somebody made.

    Raises:
        Refusal: There is a file of that name which may hold somebody's work.
    """
    from sheetpack import catalogue
    from sheetpack.cli.opening import is_path
    from sheetpack.issue import Refusal
    from sheetpack.received.as_built import is_as_built

    if not output.is_file():
        return
    file = output.as_posix()
    if any(is_path(name) and output.samefile(name) for name in inputs):
        raise Refusal(catalogue.issue("diff-over-input", path=file))
    if not is_as_built(output):
        raise Refusal(catalogue.issue("diff-not-ours", path=file))


def _write(changes: Changes, package: Package, output: Path) -> None:
    from sheetpack import files
    from sheetpack.edits.changes_book import book
    from sheetpack.workbook.writer import written

    files.write(output, written(book(changes, package)))
