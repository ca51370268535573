"""Bring the edits of a workbook back: read, merge with the data of now, check the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sheetpack import catalogue, rawfile
from sheetpack.checks import OF_ROWS, check
from sheetpack.checks.verified import verified
from sheetpack.edits import diff, identity, saving, shapes, sides
from sheetpack.edits.merge import CHANGED, REMOVED, merge, undecided
from sheetpack.edits.model import Changes, Conflict, Decide, Grid, Line, Merged, Side
from sheetpack.edits.wording import BLANK
from sheetpack.issue import Issue, Refusal
from sheetpack.package import Package
from sheetpack.received import as_built
from sheetpack.received import edited as received
from sheetpack.received.edited import Edited
from sheetpack.received.result import Result, conflict_place, result
from sheetpack.report import Checked
from sheetpack.table import Table
from sheetpack.workbook.fingerprint import contract


@dataclass(frozen=True)
class Outcome:
    """What a merge comes to; nothing is written yet.

    Attributes:
        changes: What it changes in the data as it is now.
        issues: Repairs and notes (warnings), questions, and what is wrong with the result
            (errors), each with its place in the workbook where it has one.
        conflicts: Issues as well, one for each conflict that nobody decided.
        checked: How much was looked at.
    """

    edited: Edited
    merged: Merged
    result: Result
    changes: Changes
    issues: list[Issue]
    conflicts: list[Issue]
    checked: Checked


def bring_back(
    package: Package,
    tables: Callable[[], Mapping[str, Table]],
    workbook: Path,
    base: Side | None = None,
    decide: Decide = undecided,
) -> Outcome:
    """Merge a workbook with the data as it is now.

    Most workbooks that come back hold no edits. Where that is certain, nothing else has to be
    looked at, and the data is not even read.

    Args:
        tables: Reads the data as it is now.
        base: What the workbook was made from, in place of what it says itself.
        decide: Whose cells count where both sides changed the same.

    Raises:
        Refusal: The workbook or the data cannot be read, or nobody knows what the workbook was
            made from.
    """
    origin = None if base else as_built.origin(workbook)
    if origin and origin.contract == contract(package):
        checked = Checked(len(package.resources), origin.rows)
        return _untouched(Edited(workbook.name, {}), checked)
    edited = received.read(package, workbook, base)
    base = base or edited.base
    if base is None:
        raise Refusal(catalogue.issue("base-absent", file=edited.file), *edited.issues)
    if edited.says_what(base):
        known = [base[each.name] for each in package.resources if each.name in base]
        return _untouched(edited, Checked(len(known), sum(len(grid.lines) for grid in known)))
    return merged_with(package, tables(), edited, base, decide)


def merged_with(
    package: Package,
    tables: Mapping[str, Table],
    edited: Edited,
    base: Side,
    decide: Decide = undecided,
) -> Outcome:
    """The same of a workbook that was read: all three sides compared, and the result checked.

    Raises:
        Refusal: The data cannot be read.
    """
    return _outcome(package, tables, edited, base, sides.of_readable(tables), decide)


def as_it_is(package: Package, tables: Mapping[str, Table], workbook: Path) -> Outcome:
    """Check a workbook by itself: what it would give if nothing had happened meanwhile.

    Args:
        tables: The data now: what a workbook without a base is compared with, and what
            stands in for sheets that it lacks.

    Raises:
        Refusal: The workbook or the data cannot be read.
    """
    current = sides.of_readable(tables)
    edited = received.read(package, workbook, current)
    base = dict(current) if edited.base is None else _filled(package, edited.base, current)
    return _outcome(package, tables, edited, base, base, lambda conflict: "theirs")


def contents(package: Package, outcome: Outcome) -> tuple[dict[Path, bytes], list[Issue]]:
    """The new contents of all files that a merge changes; or why one cannot be written."""
    files: dict[Path, bytes] = {}
    issues: list[Issue] = []
    for name in dict.fromkeys(change.resource for change in outcome.changes.rows):
        table = outcome.result.current[name]
        try:
            data = saving.content(package, table, outcome.merged.rows[name])
        except ValueError as error:
            issues.append(table.issue("merge-file", reason=error))
        else:
            files[rawfile.local_files(table.resource.source)[0]] = data
    return files, issues


def _untouched(edited: Edited, checked: Checked) -> Outcome:
    """What a workbook comes to that holds no edits: nothing but what there is to tell of it."""
    nothing = Result({}, {}, edited, {})
    return Outcome(edited, Merged({}), nothing, Changes(), sorted(edited.issues), [], checked)


def _outcome(
    package: Package,
    tables: Mapping[str, Table],
    edited: Edited,
    base: Side,
    current: Side,
    decide: Decide,
) -> Outcome:
    shape = shapes.of(package)
    merged = merge(shape, base, edited.side, current, decide)
    made = result(package, tables, edited, merged)
    new = {
        name: Grid(
            tuple(package.resource(name).positions),
            [Line(row.cells, row.edited_row) for row in rows],
        )
        for name, rows in merged.rows.items()
    }
    # What was verified before an edit is verified anew afterwards: no reason to refuse it.
    outdated = [replace(each, level="warning") for each in verified(package, made.tables)]
    asked = {_cell(each) for each in edited.issues if each.level == "error" and each.cell}
    found = made.placed([*check(package, made.tables, OF_ROWS), *outdated])
    issues = [each for each in found if _cell(each) not in asked]
    return Outcome(
        edited=edited,
        merged=merged,
        result=made,
        changes=diff.compare(shape, current, new),
        issues=sorted([*edited.issues, *issues]),
        conflicts=[_told(each, edited) for each in merged.conflicts],
        checked=Checked(len(made.tables), sum(len(table.rows) for table in made.tables.values())),
    )


def _cell(issue: Issue) -> tuple[str, str]:
    return issue.sheet, issue.cell


def _filled(package: Package, base: Side, current: Side) -> dict[str, Grid]:
    """The base with all fields that resources have now: those it did not know as they are now."""
    filled = {}
    for resource in package.resources:
        grid = base.get(resource.name)
        if grid is None:
            filled[resource.name] = current[resource.name]
            continue
        now = current[resource.name]
        if grid.fields == now.fields:
            filled[resource.name] = grid
            continue
        at = [grid.fields.index(name) if name in grid.fields else None for name in now.fields]
        places = identity.pair(resource.primary_key, now, grid)
        blank = (None,) * len(at)
        lines = []
        for line, place in zip(grid.lines, places, strict=True):
            known = blank if place is None else now.lines[place].cells
            cells = [known[to] if i is None else line.cells[i] for to, i in enumerate(at)]
            lines.append(Line(tuple(cells), line.row))
        filled[resource.name] = Grid(now.fields, lines)
    return filled


def _told(conflict: Conflict, edited: Edited) -> Issue:
    """A conflict in words, at its place in the workbook."""
    sheet, row, column = conflict_place(conflict, edited)
    key = " / ".join(part for part in conflict.key if part is not None)
    versions = {"base": conflict.base, "ours": conflict.ours, "theirs": conflict.theirs}
    place = {"file": edited.file, "resource": conflict.resource, "row": row, "column": column}
    if conflict.field:
        code, as_they_are = "conflict", ()
    else:
        code = "conflict-row" if conflict.base is None else "conflict-key"
        as_they_are = (REMOVED, CHANGED)
    said = {
        which: BLANK if words is None else words if words in as_they_are else f"“{words}”"
        for which, words in versions.items()
    }
    made = catalogue.issue(code, field=conflict.field, key=key, name=key, **place, **said)
    return replace(made, sheet=sheet, header=edited.header(conflict.resource, column))
