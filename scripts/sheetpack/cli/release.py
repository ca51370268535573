"""`sheetpack release`: the next version, its entry in the changelog, the files to hand out."""

from __future__ import annotations

import os
import shlex
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetpack.cli.options import changes_format_option, package_option, quiet_option

if TYPE_CHECKING:
    from sheetpack.releasing.plan import Plan


@click.command(short_help="Make the next release from what changed in the data.")
@package_option
@click.option(
    "--since",
    metavar="REVISION",
    help="The last release, as git names it.  [default: the newest tag such as v1.2.3]",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be released.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the files to hand out.  [default: release/VERSION, beside the descriptor]",
)
@changes_format_option
@quiet_option
@click.pass_context
def release(
    ctx: click.Context,
    package_path: Path,
    since: str | None,
    dry_run: bool,
    output: Path | None,
    format_name: str,
    quiet: bool,
) -> None:
    """Make the next release from what changed in the data since the last one.

    Each change has a rank, as docs/stability.md says; the highest one gives the version. It is
    written into the descriptor, with the day of the last commit. The rows that changed are
    named in CHANGELOG.md, and what stands there under "Unreleased" is kept. dist/ and the
    metadata files are renewed, and all files to hand out laid out in a folder with their
    fingerprints. git is left to you: the commands are told.

    Exit codes: 0 released (or nothing to release), 1 problems in the data, or something stands
    in the way, 2 the data cannot be read, or a file not written.
    """
    from sheetpack import transaction
    from sheetpack.checks import check
    from sheetpack.cli.opening import open_package
    from sheetpack.cli.telling import Progress, read_tables, tell
    from sheetpack.releasing import plan as planning
    from sheetpack.releasing import shown
    from sheetpack.releasing.write import write
    from sheetpack.report import Checked

    progress = Progress(quiet)
    package = open_package(package_path)
    with nullcontext() if dry_run else transaction.locked(package.folder):
        tables, checked = read_tables(package, progress)
        progress("Checking")
        issues = check(package, tables)
        if any(issue.level == "error" for issue in issues):
            click.echo(tell(issues, checked, format_name, package))
            ctx.exit(1)
        progress("Comparing")
        step = planning.step(package, tables, since)
        if step.since and not step.reasons:
            if format_name == "json":
                click.echo(shown.nothing_as_json(package, step))
            elif not quiet:
                click.echo(shown.nothing(step))
            return
        progress("Making the files")
        plan = planning.plan(package, tables, step, output)
        in_the_way = [*planning.obstacles(plan)]
        if not in_the_way and not dry_run:
            progress("Writing")
            write(plan)
    wrong = tell(in_the_way, Checked(), "text", package) if in_the_way else ""
    if format_name == "json":
        click.echo(shown.as_json(plan, in_the_way, dry_run))
    elif format_name == "markdown" and not wrong:
        click.echo(plan.entry, nl=False)
    elif dry_run and not quiet:
        click.echo(shown.planned(plan))
    elif not wrong:
        click.echo(_done(plan, quiet))
    if wrong and format_name != "json":
        click.echo(f"\n{shown.IN_THE_WAY}\n\n{wrong}" if dry_run and not quiet else wrong)
    if wrong:
        ctx.exit(1)


def _done(plan: Plan, quiet: bool) -> str:
    from sheetpack.releasing import shown

    lines = [] if quiet else [shown.written(plan), "", "Look it over; then, to make it count:", ""]
    return "\n".join([*lines, *_commands(plan)])


def _commands(plan: Plan) -> list[str]:
    """What is left to do with git, to be copied into a terminal."""
    from sheetpack.releasing import history, shown
    from sheetpack.releasing.changelog import NAME as CHANGELOG

    folder = plan.package.folder
    is_here = folder.resolve() == Path.cwd().resolve()
    git = "git" if is_here else f"git -C {shlex.quote(os.path.relpath(folder))}"
    # What git does not keep, such as a dist/ that is built anew each time, is not committed.
    kept = {name.split("/")[0] for name in history.tracked(folder, plan.in_package)}
    fresh = [] if plan.changelog_before is not None else [CHANGELOG]
    names = [name for name in shown.in_short(plan) if name in kept or name in fresh]
    message = shlex.quote(f"Release {plan.step.version}")
    return [
        *(f"    {git} add {shlex.quote(name)}" for name in fresh),
        f"    {git} commit -m {message} -- {shlex.join(names)}",
        f"    {git} tag -a {plan.step.version.tag} -m {message}",
    ]
