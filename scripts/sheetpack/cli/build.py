"""`sheetpack build`: from the data to the files people download."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetpack.cli.options import format_option, package_option, quiet_option
from sheetpack.exports import FORMATS

if TYPE_CHECKING:
    from sheetpack.exports.product import Product
    from sheetpack.package import Package

ALL = "all"


@click.command(short_help="Check the data, then write the workbook and all else.")
@package_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="The folder to write to.  [default: dist, beside the descriptor]",
)
@click.option(
    "--export",
    "exports",
    type=click.Choice([*FORMATS, ALL]),
    multiple=True,
    help="Write this format too; can be given several times.",
)
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; say whether the folder holds what the data gives.",
)
@format_option
@quiet_option
@click.pass_context
def build(
    ctx: click.Context,
    package_path: Path,
    output: Path | None,
    exports: tuple[str, ...],
    only_check: bool,
    format_name: str,
    quiet: bool,
) -> None:
    """Check the data, then write the workbook and the CSVs made from its views.

    Other formats are written where the package's setting `exports` or --export names them.
    Nothing is written while the data has problems, and either all files or none. With
    --check, a format that the folder was built in is looked at without being named.

    Exit codes: 0 all is well, 1 problems in the data (with --check: or other files than the
    data gives), 2 the data cannot be read or the files cannot be written.
    """
    from sheetpack import build as building
    from sheetpack import opened
    from sheetpack.checks import check
    from sheetpack.cli.opening import open_package
    from sheetpack.cli.telling import Progress, read_tables, tell
    from sheetpack.exports import descriptor

    progress = Progress(quiet)
    package = open_package(package_path)
    tables, checked = read_tables(package, progress)
    progress("Checking")
    issues = check(package, tables)
    if any(issue.level == "error" for issue in issues):
        click.echo(tell(issues, checked, format_name, package))
        ctx.exit(1)
    output = output or _usual_output(package)
    wanted = [*FORMATS] if ALL in exports else [*exports]
    if only_check:
        wanted += descriptor.formats_in(output)
    progress(f"Making {', '.join(building.formats(package, wanted))}")
    made, warnings = building.products(package, tables, wanted)
    issues += warnings
    if only_check:
        issues += building.differences(made, output)
        issues += building.stale(package, made, output, "error")
    else:
        progress("Writing")
        books = [output / product.path for product in made if product.sheets]
        issues += [note for book in books for note in opened.notes(book, "workbook-replaced")]
        building.write(made, output)
        issues += building.stale(package, made, output, "warning")
    wrong = any(issue.level == "error" for issue in issues)
    if format_name != "text":
        click.echo(tell(issues, checked, format_name, package))
    elif issues:
        click.echo(tell(issues, checked, format_name, package), err=not wrong)
    if wrong:
        ctx.exit(1)
    if not quiet and format_name == "text":
        click.echo(_is_current(output) if only_check else _written(made, output))


def _usual_output(package: Package) -> Path:
    """Where nobody says another: a folder of the package, and no link that leads out of it."""
    from sheetpack import catalogue, inside
    from sheetpack.issue import Refusal

    folder = package.folder / "dist"
    if not inside.is_inside(folder, package.folder):
        raise Refusal(catalogue.issue("path-link", file=package.path.name, path="dist"))
    return folder


def _written(made: Sequence[Product], output: Path) -> str:
    """One line a file, with what is in it."""
    from sheetpack import files

    lines = []
    for product in made:
        sheets = f"{product.sheets} sheets, " if product.sheets else ""
        unit = "row" if product.rows == 1 else "rows"
        held = "" if product.rows is None else f": {sheets}{product.rows:,} {unit}"
        lines.append(f"{files.from_here(output / product.path)}{held}")
    return "\n".join(lines)


def _is_current(output: Path) -> str:
    from sheetpack import files

    return f"{files.from_here(output)} is what the data gives."
