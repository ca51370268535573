"""Which sheet of a received workbook is which resource, and which column which field.

People rename sheets and headers, move columns, put a title above the table, add sheets and
columns of their own. What is obvious is understood and told; what is not is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

from sheetpack import catalogue
from sheetpack.issue import Issue, column_letters
from sheetpack.package import Package, Resource
from sheetpack.received.model import ReceivedSheet, Row, Special, Value
from sheetpack.workbook import addresses
from sheetpack.workbook.names import headers as unique_headers

HEADER_WITHIN = 30  # rows with a value, among which the header must be
SAME_SHEET, PERHAPS_SHEET = 0.8, 0.5  # of the headers
MOST_ASKED = 3  # columns that one may be
ALIKE, PERHAPS = 0.8, 0.5  # of two names, as difflib measures them
OURS = frozenset({"problems", "conflicts"})
NOT_IN_NAME = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Header:
    """Where the columns of a resource stand on a sheet.

    Attributes:
        row: The row of the header.
        columns: Field → column, counted from 1.
        labels: Column → what stands in its header, of columns that are no field as well.
    """

    row: int
    columns: Mapping[str, int]
    labels: Mapping[int, str]


@dataclass(frozen=True)
class Matched:
    """A sheet that holds the rows of a resource."""

    resource: Resource
    sheet: ReceivedSheet
    header: Header


def sheets(
    package: Package, found: Sequence[ReceivedSheet], file: str
) -> tuple[dict[str, ReceivedSheet], list[Issue]]:
    """Find the sheet of each resource: by its name, by its table, else by its headers.

    Returns:
        Resource name → its sheet, and what there is to tell.
    """
    of_views, of_resources = addresses.expected(package)
    reading = {addresses.START, addresses.DASHBOARD, addresses.DICTIONARY, addresses.LISTS}
    reading |= {addresses.BASE, *of_views.sheets.values()}
    passed_over = {plain_name(name) for name in reading} | OURS
    left = {resource.name: resource for resource in package.resources}
    matched: dict[str, ReceivedSheet] = {}
    free = list(found)
    issues: list[Issue] = []

    def take(name: str, sheet: ReceivedSheet) -> None:
        matched[name] = sheet
        free.remove(sheet)
        del left[name]

    for same in (
        lambda name, sheet: sheet.name.strip().casefold() == of_resources.sheets[name].casefold(),
        lambda name, sheet: of_resources.tables[name] in sheet.tables,
        lambda name, sheet: (
            plain_name(sheet.name) in map(plain_name, (of_resources.sheets[name], name))
        ),
    ):
        for name in list(left):
            candidates = [sheet for sheet in free if same(name, sheet)]
            if len(candidates) == 1:
                take(name, candidates[0])
    free = [sheet for sheet in free if plain_name(sheet.name) not in passed_over]
    fits = _by_headers(left.values(), free)
    for name, sheet in _certain(fits):
        take(name, sheet)
    for name, sheet in matched.items():
        wanted = of_resources.sheets[name]
        if plain_name(sheet.name) != plain_name(wanted):
            issues.append(_told("sheet-renamed", file, sheet, wanted=wanted, level="warning"))
    for sheet in free:
        closest = _closest(sheet.name, {of_resources.sheets[name]: name for name in left})
        alike = [fit for fit in fits if fit.sheet is sheet and fit.name in left]
        if alike and not closest:
            closest = of_resources.sheets[max(alike, key=lambda fit: fit.share).name]
        if closest:
            issues.append(_told("sheet-unclear", file, sheet, wanted=closest))
        else:
            issues.append(_told("sheet-extra", file, sheet, level="warning"))
    for name in left:
        wanted = of_resources.sheets[name]
        issues.append(catalogue.issue("sheet-missing", file=file, wanted=wanted, level="warning"))
    return matched, issues


def header(
    resource: Resource, sheet: ReceivedSheet, file: str, rows: Sequence[Row]
) -> tuple[Header | None, list[Issue]]:
    """Find the header of a sheet and the field of each column.

    Args:
        rows: The rows of the sheet, at least the first ones.

    Returns:
        None where no row can be the header; and what there is to tell.
    """
    names = _names(resource)
    number, cells = _header_row(names, rows)
    if not number:
        return None, [
            _told("sheet-header-unfound", file, sheet, names=[f.title for f in resource.fields])
        ]
    columns: dict[str, int] = {}
    strange: dict[int, str] = {}
    issues: list[Issue] = []
    for column, label in cells.items():
        field = _field(names, label)
        if field is None:
            strange[column] = label
        elif field in columns:
            place = {"row": number, "column": column, "field": field}
            first = column_letters(columns[field])
            issues.append(
                _told("sheet-header-twice", file, sheet, label=label, first=first, **place)
            )
        else:
            columns[field] = column
    missing = {f.title: f.name for f in resource.fields if f.name not in columns}
    for column, label in list(strange.items()):
        closest = _closest(label, missing, ALIKE)
        place = {"row": number, "column": column}
        if closest:
            columns[missing.pop(closest)] = column
            del strange[column]
            issues.append(
                _told(
                    "sheet-header-renamed",
                    file,
                    sheet,
                    label=label,
                    wanted=closest,
                    level="warning",
                    **place,
                )
            )
    issues += _unclear(resource, sheet, file, number, strange, missing)
    return Header(number, columns, cells), issues


def plain_name(text: str) -> str:
    """A name by its letters and digits alone, which is how people would call it the same.

    >>> plain_name("Who said_what?")
    'whosaidwhat'
    """
    return NOT_IN_NAME.sub("", text).casefold() or text.strip().casefold()


def label(value: Value | None) -> str:
    """The text of a header cell, "" where there is none."""
    if isinstance(value, Special):
        value = value.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


def _unclear(
    resource: Resource,
    sheet: ReceivedSheet,
    file: str,
    row: int,
    strange: Mapping[int, str],
    missing: Mapping[str, str],
) -> Iterator[Issue]:
    """Columns that are no field, and fields that have no column.

    Where there are both, one may be the other: nobody's edits are left out without asking.
    """
    questioned = set()
    for column, text in strange.items():
        closest = _closest(text, missing, PERHAPS)
        perhaps = [closest] if closest else list(islice(missing, MOST_ASKED))
        place = {"row": row, "column": column, "label": text}
        if perhaps:
            questioned.update(perhaps)
            wanted = "” or “".join(perhaps)
            yield _told("sheet-header-unclear", file, sheet, wanted=wanted, **place)
        else:
            yield _told("column-extra", file, sheet, level="warning", **place)
    for title, name in missing.items():
        if name in resource.primary_key and title not in questioned:
            yield _told("column-missing-key", file, sheet, row=row, wanted=title)
        elif title not in questioned:
            yield _told("column-missing", file, sheet, row=row, wanted=title, level="warning")


def _names(resource: Resource) -> dict[str, str]:
    """What may stand in the header → field: as it is written, and as `plain_name` has it.

    Titles come before names. What is written counts first, as columns may differ in signs only.
    """
    titles = unique_headers((field.title, field.name) for field in resource.fields)
    written = {field.name: field.name for field in resource.fields}
    written |= {title: field.name for title, field in zip(titles, resource.fields, strict=True)}
    return {plain_name(text): field for text, field in written.items()} | written


def _field(names: Mapping[str, str], text: str) -> str | None:
    return names.get(text) or names.get(plain_name(text))


def _header_row(names: Mapping[str, str], rows: Iterable[Row]) -> tuple[int, dict[int, str]]:
    """The first of the rows that name most fields, as column → text; 0 where none names any."""
    best, number, labels = 0, 0, {}
    for at, cells in islice(rows, HEADER_WITHIN):
        texts = {column: text for column, value in cells.items() if (text := label(value))}
        count = len({_field(names, text) for text in texts.values()} - {None})
        if count > best:
            best, number, labels = count, at, texts
    return number, dict(sorted(labels.items()))


class _Fit(NamedTuple):
    """How much of a resource's headers a sheet has."""

    share: float
    name: str
    sheet: ReceivedSheet


def _by_headers(resources: Iterable[Resource], free: Sequence[ReceivedSheet]) -> list[_Fit]:
    """Pairs of a resource and a sheet whose headers may be meant for it."""
    names_of = {resource.name: (_names(resource), len(resource.fields)) for resource in resources}
    fits = []
    for sheet in free if names_of else ():
        rows = list(islice(sheet.read(), HEADER_WITHIN))
        for name, (names, count) in names_of.items():
            _, cells = _header_row(names, rows)
            known = {_field(names, text) for text in cells.values()} - {None}
            if len(known) >= PERHAPS_SHEET * count:
                fits.append(_Fit(len(known) / count, name, sheet))
    return fits


def _certain(fits: Iterable[_Fit]) -> Iterator[tuple[str, ReceivedSheet]]:
    """The pairs that fit, and fit nothing else."""
    fits = [fit for fit in fits if fit.share >= SAME_SHEET]
    names = [fit.name for fit in fits]
    numbers = [fit.sheet.number for fit in fits]
    for fit in fits:
        if names.count(fit.name) == 1 and numbers.count(fit.sheet.number) == 1:
            yield fit.name, fit.sheet


def _closest(text: str, names: Iterable[str], least: float = ALIKE) -> str:
    """The one name that is alike; "" where none or several are."""
    word = plain_name(text)
    alike = []
    for name in names:
        matcher = SequenceMatcher(None, word, plain_name(name))
        # Lengths alone tell most pairs apart; to compare a very long text takes long.
        if matcher.real_quick_ratio() >= least and matcher.ratio() >= least:
            alike.append(name)
    return alike[0] if len(alike) == 1 else ""


def _told(code: str, file: str, sheet: ReceivedSheet, **facts: object) -> Issue:
    return replace(catalogue.issue(code, file=file, **facts, name=sheet.name), sheet=sheet.name)
