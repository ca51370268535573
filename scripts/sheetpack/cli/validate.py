"""`sheetpack validate`: is the data, or an edited workbook, what the descriptor says?"""

from __future__ import annotations

from pathlib import Path

import click

from sheetpack.cli.options import format_option, package_option, quiet_option

WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xlsb", ".xls", ".ods", ".numbers")


@click.command(short_help="Check the data, or a workbook that somebody edited.")
@click.argument("source", metavar="[X]", required=False, type=click.Path(path_type=Path))
@package_option
@click.option(
    "--annotate",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Of a workbook with problems: write a copy here, with its cells marked and a sheet "
    "that says what to do.",
)
@format_option
@quiet_option
@click.pass_context
def validate(
    ctx: click.Context,
    source: Path | None,
    package_path: Path,
    annotate: Path | None,
    format_name: str,
    quiet: bool,
) -> None:
    """Check the data package X: a datapackage.json, or the folder that holds it.

    X may also be a workbook that somebody edited; --package then says which data it is of.

    Exit codes: 0 all is well (notes aside), 1 problems in the data, 2 X cannot be read.
    """
    from sheetpack.checks import check
    from sheetpack.cli.opening import open_package
    from sheetpack.cli.telling import Progress, read_tables, tell

    is_workbook = source is not None and source.suffix.lower() in WORKBOOKS
    if annotate and not is_workbook:
        raise click.UsageError("--annotate needs a workbook to make a marked copy of.")
    if annotate:
        from sheetpack.cli.marking import PROBLEMS, refuse_to_replace, write_marked

        refuse_to_replace(source, annotate)
    progress = Progress(quiet)
    package = open_package(package_path if is_workbook else source or package_path)
    tables, checked = read_tables(package, progress)
    progress("Checking")
    if is_workbook:
        from sheetpack import merging, opened
        from sheetpack.report import Checked

        outcome = merging.as_it_is(package, tables, source)
        issues = [*opened.notes(source, "workbook-open"), *outcome.issues]
        made = [outcome.result.tables[name] for name in outcome.edited.places]
        checked = Checked(len(made), sum(len(table.rows) for table in made))
    else:
        issues = check(package, tables)
    wrong = [issue for issue in issues if issue.level == "error"]
    if issues or not quiet or format_name == "json":
        click.echo(tell(issues, checked, format_name, package))
    if annotate and wrong:
        copy = write_marked(source, annotate, wrong, PROBLEMS)
        click.echo(f"Marked in {copy.as_posix()}.", err=True)
    if wrong:
        ctx.exit(1)
