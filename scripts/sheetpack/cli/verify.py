"""`sheetpack verify`: does the data say what the texts say?"""

from __future__ import annotations

from pathlib import Path

import click

from sheetpack.cli.options import format_option, package_option, quiet_option


@click.command(short_help="Check quotes and references against the texts in DIR.")
@click.argument(
    "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@package_option
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; say whether the record is what the data gives.",
)
@format_option
@quiet_option
@click.pass_context
def verify(
    ctx: click.Context,
    folder: Path,
    package_path: Path,
    only_check: bool,
    format_name: str,
    quiet: bool,
) -> None:
    """Check quotes and references against the texts in DIR, and record what was verified.

    Every quote must stand in its paragraph word for word, and every quoted span of the texts
    be a quote; every paragraph that is referred to must exist, and every paragraph be
    referred to; no other file of the project may repeat more of the texts than the package
    allows. Nothing is written while something is wrong.

    Exit codes: 0 all is well, 1 something is wrong (with --check: or the record is not
    current), 2 the data or DIR cannot be read.
    """
    from sheetpack import catalogue, files
    from sheetpack.cli.opening import open_package
    from sheetpack.cli.telling import Progress, read_tables, tell
    from sheetpack.report import as_json
    from sheetpack.verify import coverage, verification

    progress = Progress(quiet)
    package = open_package(package_path)
    want = verification.wanted(package)
    tables, checked = read_tables(package, progress)
    obstacles = verification.obstacles(want, tables)
    if obstacles:
        click.echo(tell(obstacles, checked, format_name, package))
        ctx.exit(1)
    done = verification.verify(want, package, tables, folder, progress)
    issues = done.issues
    if not done.wrong:
        path = package.folder / want.record
        if not only_check:
            files.write(path, done.record)
        elif not path.is_file() or path.read_bytes() != done.record:
            issues = sorted([*issues, catalogue.issue("record-stale", file=want.record)])
    if format_name == "json":
        click.echo(as_json(issues, checked, coverage=coverage.as_dicts(done.coverage)))
    else:
        if done.coverage and not quiet and format_name != "github":
            counted = coverage.text(done.coverage)
            fence = "```\n" if format_name == "markdown" else ""
            click.echo(f"{fence}{counted}\n{fence}")
        if issues or not quiet:
            click.echo(tell(issues, checked, format_name, package))
    if any(issue.level == "error" for issue in issues):
        ctx.exit(1)
    if not quiet and format_name == "text":
        texts = "1 text" if done.texts == 1 else f"{done.texts} texts"
        click.echo(
            f"{done.quotes} quotes stand in {texts} word for word, as {want.record} records."
        )
