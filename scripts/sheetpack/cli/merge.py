"""`sheetpack merge`: bring the edits of a workbook back into the data."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetpack.cli.options import changes_format_option, package_option, quiet_option

if TYPE_CHECKING:
    from sheetpack.edits.model import Choice, Conflict, Decide
    from sheetpack.issue import Issue
    from sheetpack.merging import Outcome
    from sheetpack.package import Package

IN_CONFLICT = 3


@click.command()
@click.argument("workbook", type=click.Path(path_type=Path))
@package_option
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would change.")
@click.option(
    "--base",
    "base_name",
    metavar="WHAT",
    help="What the workbook was made from, if it does not say so itself: a git revision, or a "
    "datapackage.json.",
)
@click.option(
    "--ours", "all_ours", is_flag=True, help="Where both changed the same: keep the data's cell."
)
@click.option(
    "--theirs", "all_theirs", is_flag=True, help="Where both changed the same: take the workbook's."
)
@click.option("--ours-in", multiple=True, metavar="TABLE", help="The same, for one table only.")
@click.option("--theirs-in", multiple=True, metavar="TABLE", help="The same, for one table only.")
@click.option(
    "--annotate",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the marked copy goes if there are conflicts or problems.  [default for "
    "conflicts: beside the workbook]",
)
@changes_format_option
@quiet_option
@click.pass_context
def merge(
    ctx: click.Context,
    workbook: Path,
    package_path: Path,
    dry_run: bool,
    base_name: str | None,
    all_ours: bool,
    all_theirs: bool,
    ours_in: tuple[str, ...],
    theirs_in: tuple[str, ...],
    annotate: Path | None,
    format_name: str,
    quiet: bool,
) -> None:
    """Bring the edits made in WORKBOOK back into the data.

    What the workbook was made from, what it says now and what the data says now are compared
    cell by cell. Only what was edited is changed, and only if the result is valid: then all
    files are written, else none. Where the data was changed meanwhile in the same cell, that
    is a conflict: it is told, marked in a copy of the workbook, and nothing is written.

    Exit codes: 0 merged (or nothing to merge), 1 the result has problems, 2 the workbook or
    the data cannot be read, or a file not written, 3 conflicts.
    """
    from sheetpack import merging, opened, transaction
    from sheetpack.cli.opening import open_package
    from sheetpack.cli.telling import Progress, read_named, read_tables

    if all_ours and all_theirs:
        raise click.UsageError("--ours and --theirs exclude each other.")
    if annotate:
        from sheetpack.cli.marking import refuse_to_replace

        refuse_to_replace(workbook, annotate)
    progress = Progress(quiet)
    package = open_package(package_path)
    decide = _decider(package, all_ours, all_theirs, ours_in, theirs_in)
    with nullcontext() if dry_run else transaction.locked(package.folder):
        progress("Reading the workbook")
        base = read_named(base_name, package.path, progress)[1] if base_name else None
        outcome = merging.bring_back(
            package, lambda: read_tables(package, progress)[0], workbook, base, decide
        )
        files, unwritable = merging.contents(package, outcome)
        issues = [*opened.notes(workbook, "workbook-open"), *outcome.issues, *unwritable]
        wrong = any(issue.level == "error" for issue in issues)
        written = not (wrong or outcome.conflicts or dry_run)
        if written and files:
            progress("Writing")
            transaction.commit(package.folder, files)
    report = _report(outcome, issues, package, format_name, quiet, written)
    if report:
        click.echo(report)
    if (outcome.conflicts or (wrong and annotate)) and not dry_run:
        from sheetpack.cli.marking import CONFLICTS, PROBLEMS, write_marked

        found = [*outcome.conflicts, *(issue for issue in issues if issue.level == "error")]
        name = CONFLICTS if outcome.conflicts else PROBLEMS
        copy = write_marked(workbook, annotate, found, name)
        click.echo(f"Marked in {copy.as_posix()}.", err=True)
    if outcome.conflicts:
        ctx.exit(IN_CONFLICT)
    if wrong:
        ctx.exit(1)


def _decider(
    package: Package,
    all_ours: bool,
    all_theirs: bool,
    ours_in: tuple[str, ...],
    theirs_in: tuple[str, ...],
) -> Decide:
    """Whose cells count, by the table of a conflict."""
    ours = {_table(name, package) for name in ours_in}
    theirs = {_table(name, package) for name in theirs_in}
    if ours & theirs:
        raise click.UsageError("--ours-in and --theirs-in cannot name the same table.")

    def decide(conflict: Conflict) -> Choice:
        if conflict.resource in ours:
            return "ours"
        if conflict.resource in theirs:
            return "theirs"
        return "ours" if all_ours else "theirs" if all_theirs else None

    return decide


def _table(wanted: str, package: Package) -> str:
    """The resource that somebody names by its name, its file, its title or its sheet."""
    from sheetpack import catalogue
    from sheetpack.issue import Refusal
    from sheetpack.workbook.addresses import expected

    names: dict[str, str] = {}
    _, of_resources = expected(package)
    for resource in package.resources:
        known = (resource.title, of_resources.sheets[resource.name], resource.file, resource.name)
        names |= {name.casefold(): resource.name for name in known if name}
    found = names.get(wanted.casefold())
    if found is None:
        guess = catalogue.did_you_mean(wanted, names)
        raise Refusal(catalogue.issue("which-table", name=wanted, guess=guess))
    return found


def _report(
    outcome: Outcome,
    issues: list[Issue],
    package: Package,
    format_name: str,
    quiet: bool,
    written: bool,
) -> str:
    """What was found, what it changes, and what was done."""
    from sheetpack.cli.telling import tell
    from sheetpack.edits import shown

    found = [*outcome.conflicts, *issues]
    if format_name == "json":
        report = json.loads(tell(found, outcome.checked, "json", package))
        report["changes"] = json.loads(shown.as_json(outcome.changes))
        report["written"] = written and bool(outcome.changes)
        return json.dumps(report, ensure_ascii=False, indent=2)
    parts = []
    if found:
        parts.append(tell(found, outcome.checked, format_name, package))
    if not quiet:
        if outcome.changes or not any(issue.level == "error" for issue in found):
            show = shown.markdown if format_name == "markdown" else shown.text
            parts.append(show(outcome.changes))
        parts.append(_done(outcome, issues, written))
    return "\n\n".join(parts)


def _done(outcome: Outcome, issues: list[Issue], written: bool) -> str:
    if outcome.conflicts:
        return "Nothing was written: there are conflicts."
    if any(issue.level == "error" for issue in issues):
        return "Nothing was written: there are problems."
    if not outcome.changes:
        return f"{outcome.edited.file} holds no edits that the data has not got already."
    return (
        "Merged into the data. sheetpack build writes dist/ anew."
        if written
        else "Nothing was written (--dry-run)."
    )
