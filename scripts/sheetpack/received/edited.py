"""The edited side: what a received workbook says, as cells of the package's files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sheetpack import catalogue
from sheetpack.edits.identity import is_same
from sheetpack.edits.model import Cells, Grid, Line, Side
from sheetpack.issue import Issue, Refusal, column_letters
from sheetpack.package import Package, Resource
from sheetpack.received import matching
from sheetpack.received.befores import Befores
from sheetpack.received.matching import Matched
from sheetpack.received.model import Received, ReceivedSheet, Row
from sheetpack.received.opening import open_workbook
from sheetpack.received.ranges import corners
from sheetpack.received.teller import Teller
from sheetpack.translating.answers import Translated
from sheetpack.translating.translator import Translator
from sheetpack.workbook import base as hidden_base
from sheetpack.workbook.addresses import BASE

# Where these are asked, what the rows of a sheet say is not known: it counts as not edited.
UNREADABLE = {"row-above", "column-missing-key", "sheet-header-twice"}


@dataclass(frozen=True)
class Edited:
    """What a workbook says.

    Attributes:
        file: Its name.
        side: Resource → its rows, of those that have a sheet. A row's number is that on the sheet.
        base: What it was built from; None where it does not say.
        issues: What was repaired and left out (warnings), and what has to be asked (errors).
        places: Resource → its sheet and where its columns stand.
    """

    file: str
    side: Side
    base: Side | None = None
    issues: list[Issue] = field(default_factory=list)
    places: Mapping[str, Matched] = field(default_factory=dict)

    def says_what(self, base: Side) -> bool:
        """Does it say what the base does, row for row and cell for cell, and ask nothing?"""
        return not any(each.level == "error" for each in self.issues) and all(
            name in base and is_same(grid, base[name]) for name, grid in self.side.items()
        )

    def header(self, resource: str, column: int) -> str:
        """What a column of its sheet is called; "" for none."""
        place = self.places.get(resource)
        return place.header.labels.get(column, "") if place else ""


def read(package: Package, path: Path, before: Side | None = None) -> Edited:
    """Read a workbook that somebody edited.

    Args:
        before: What to take for its base where it carries none: what a spreadsheet did to
            values by itself is found by it.

    Raises:
        Refusal: The file is no workbook that can be read, or not of this package.
    """
    received = open_workbook(path)
    issues = [
        catalogue.issue("workbook-left-out", file=received.file, what=what, level="warning")
        for what in received.left_out
    ]
    base, broken = read_base(received)
    issues += broken
    found, told = matching.sheets(package, received.sheets, received.file)
    issues += told
    if not found or (base and not set(base) & {each.name for each in package.resources}):
        raise Refusal(catalogue.issue("workbook-foreign", file=received.file, title=package.title))
    cut = sorted(found.keys() - base.keys()) if base else []
    if cut:
        issues.append(_base_broken(received.file, cut[0]))
        base = None
    known = base or before or {}
    places: dict[str, Matched] = {}
    side: dict[str, Grid] = {}
    choices = _Choices(package, known)
    for resource in package.resources:
        if resource.name in found:
            sheet = found[resource.name]
            grid, place, told = _resource(resource, sheet, received.file, known, choices)
            issues += told
            if grid and place:
                side[resource.name], places[resource.name] = grid, place
    return Edited(received.file, side, base, issues, places)


def read_base(received: Received) -> tuple[Side | None, list[Issue]]:
    """The base that the workbook carries; None where there is none, or one that was changed."""
    for sheet in received.sheets:
        if sheet.name.casefold() != BASE.casefold():
            continue
        _, header = next(sheet.read(), (0, {}))
        columns = {value: at for at, value in header.items()}
        if not columns.keys() >= set(hidden_base.HEADERS):
            continue
        places = [columns[name] for name in hidden_base.HEADERS]
        rows = [[cells.get(at) for at in places] for _, cells in sheet.read()]
        try:
            found = hidden_base.read_base(rows)
        except (hidden_base.BrokenBase, ValueError, TypeError) as error:
            return None, [_base_broken(received.file, error)]
        return {
            name: Grid(
                tuple(one.fields),
                [Line(tuple(cells), number) for number, cells in enumerate(one.rows, start=2)],
            )
            for name, one in found.items()
        }, []
    return None, []


def _base_broken(file: str, part: object) -> Issue:
    return catalogue.issue("base-broken", name=part, file=file, level="warning")


def _resource(
    resource: Resource,
    sheet: ReceivedSheet,
    file: str,
    known: Side,
    choices: _Choices,
) -> tuple[Grid | None, Matched | None, list[Issue]]:
    """The rows of one resource, the place of its cells, and what there is to tell."""
    rows = list(sheet.read())
    header, issues = matching.header(resource, sheet, file, rows)
    if header is None:
        return None, None, issues
    place = Matched(resource, sheet, header)
    tell = Teller(file, place)
    above = [row for row in rows if row[0] < header.row]
    rows = [row for row in rows if row[0] > header.row]
    issues += _gone(place, known.get(resource.name), tell)
    issues += _merged_cells(place, tell)
    issues += _comments(place, tell)
    issues += _strays(place, rows, tell)
    reader = _Rows(place, known.get(resource.name), choices)
    issues += _above(above, reader.befores, tell)
    if UNREADABLE & {each.code for each in issues}:
        return None, None, issues
    lines = list(reader.lines(rows, tell))
    return Grid(reader.fields, lines), place, [*issues, *tell.issues, *tell.rest()]


class _Rows:
    """Turns the rows of one sheet into cells of the file, each beside its row of the base."""

    def __init__(self, place: Matched, base: Grid | None, choices: _Choices):
        resource, columns = place.resource, place.header.columns
        self.fields = tuple(each.name for each in resource.fields if each.name in columns)
        self.columns = [columns[name] for name in self.fields]
        self.translators = [choices.translator(resource, name) for name in self.fields]
        key = [at for at, name in enumerate(self.fields) if name in resource.primary_key]
        at = (
            [base.fields.index(n) if n in base.fields else None for n in self.fields]
            if base
            else []
        )
        lines = [
            tuple(None if i is None else line.cells[i] for i in at)
            for line in (base.lines if base else ())
        ]
        self.befores = Befores(self.translators, self.columns, key, lines)

    def lines(self, rows: Sequence[Row], tell: Teller) -> Iterator[Line]:
        """The rows that hold anything in a column of the resource."""
        befores = self.befores.of(rows)
        caches: list[dict[Any, Translated]] = [{} for _ in self.fields]
        blank: Cells = (None,) * len(self.fields)
        blanks = [translate.blank for translate in self.translators]
        cells_of = list(zip(self.columns, self.translators, caches, strict=True))
        for (number, values), before in zip(rows, befores, strict=True):
            if before and before == tuple(map(values.get, self.columns)) != blank:
                yield Line(before, number)
                continue
            cells = []
            for (column, translate, cache), old in zip(cells_of, before or blank, strict=True):
                value = values.get(column)
                if value == old and (value is None or type(value) is str):
                    cells.append(value)
                    continue
                seen = (value, type(getattr(value, "value", value)), old)
                done = cache.get(seen)
                if done is None:
                    done = cache[seen] = translate.text(value, old)
                if done.code:
                    tell.value(number, column, value, done)
                # What is asked about stays as it was, so that nothing else seems wrong by it.
                cells.append(done.text if done.certain else old)
            if any(cell is not None for cell in cells) or tell.asked(number):
                filled = zip(cells, blanks, strict=True)
                yield Line(tuple([no if cell is None else cell for cell, no in filled]), number)


class _Choices:
    """What the text of a field must be one of, as far as that is known."""

    def __init__(self, package: Package, known: Side):
        self.package, self.known = package, known

    def translator(self, resource: Resource, name: str) -> Translator:
        source = resource.source.schema.get_field(name)
        return Translator(resource.field(name), source, self._of(resource, name))

    def _of(self, resource: Resource, name: str) -> Collection[str] | None:
        one = resource.field(name)
        listed = one.constraints.get("enum") or one.categories
        if listed:
            return {str(each) for each in listed}
        for key in resource.foreign_keys:
            if key.fields == (name,) and key.reference in self.known:
                grid = self.known[key.reference]
                if key.reference_fields[0] in grid.fields:
                    at = grid.fields.index(key.reference_fields[0])
                    return {line.cells[at] for line in grid.lines if line.cells[at] is not None}
        return None


def _gone(place: Matched, base: Grid | None, tell: Teller) -> Iterator[Issue]:
    """Columns that were taken out of the data since: nothing can be kept of what stands there."""
    gone = [name for name in base.fields if name not in place.resource.positions] if base else []
    if gone:
        yield tell.cell("columns-gone", 0, 0, level="warning", names=gone)


def _merged_cells(place: Matched, tell: Teller) -> Iterator[Issue]:
    """Cells of rows that were merged: nobody can say which of them the value is for."""
    columns = set(place.header.columns.values())
    for area in place.sheet.read_merged():
        top, left, bottom, right = corners(area)
        if bottom > place.header.row and columns & set(range(left, right + 1)):
            row = max(top, place.header.row + 1)
            yield tell.cell("cells-merged", row, left, area=area)


def _comments(place: Matched, tell: Teller) -> Iterator[Issue]:
    for comment in place.sheet.comments:
        if comment.row > place.header.row:
            facts = {"words": comment.text, "author": comment.author or "somebody"}
            yield tell.cell("comment-left", comment.row, comment.column, level="warning", **facts)


def _above(rows: Sequence[Row], befores: Befores, tell: Teller) -> Iterator[Issue]:
    """Rows above the header: titles, or those that were below it before all was sorted."""
    for number, values in rows:
        if befores.knows(values):
            yield tell.cell("row-above", number, 0)
        elif len(values) > 1:
            yield tell.cell("cells-above", number, 0, level="warning")


def _strays(place: Matched, rows: Sequence[Row], tell: Teller) -> Iterator[Issue]:
    """Cells in columns without a header: left out, unless they may be those of a missing one."""
    fields = place.resource.fields
    missing = [each.title for each in fields if each.name not in place.header.columns]
    for number, values in rows:
        beside = values.keys() - place.header.labels.keys()
        if beside:
            column = min(beside)
            if missing:
                facts = {"letter": column_letters(column), "wanted": missing[0]}
                yield tell.cell("sheet-header-blank", place.header.row, column, **facts)
            else:
                yield tell.cell("cells-beside", number, column, level="warning")
            return
