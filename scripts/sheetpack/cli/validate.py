"""`sheetpack validate`: is the data what its descriptor says?"""

from __future__ import annotations

from pathlib import Path

import click

from sheetpack.cli.options import format_option, package_option, quiet_option


@click.command()
@click.argument("source", metavar="[X]", required=False, type=click.Path(path_type=Path))
@package_option
@format_option
@quiet_option
@click.pass_context
def validate(
    ctx: click.Context, source: Path | None, package_path: Path, format_name: str, quiet: bool
) -> None:
    """Check the data package X: a datapackage.json, or the folder that holds it.

    Exit codes: 0 all is well (notes aside), 1 problems in the data, 2 X cannot be read.
    """
    from sheetpack.checks import check
    from sheetpack.cli.telling import Progress, read_tables, tell
    from sheetpack.descriptor import load

    progress = Progress(quiet)
    package = load(source or package_path)
    tables, checked = read_tables(package, progress)
    progress("Checking")
    issues = check(package, tables)
    if issues or not quiet or format_name == "json":
        click.echo(tell(issues, checked, format_name, package))
    if any(issue.level == "error" for issue in issues):
        ctx.exit(1)
