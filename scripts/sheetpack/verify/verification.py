"""The whole of `sheetpack verify`: texts, places, quotes, repeated words, coverage, record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sheetpack import catalogue
from sheetpack.issue import Issue, Refusal
from sheetpack.package import Package
from sheetpack.table import Table
from sheetpack.verify import coverage, plan, quotations, record
from sheetpack.verify.coverage import Paragraph
from sheetpack.verify.places import references
from sheetpack.verify.plan import Place, Plan
from sheetpack.verify.repeated import repeated
from sheetpack.verify.texts import Shelf, content, find, sections

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Verified:
    """What `verify` found.

    Attributes:
        issues: What is wrong, sorted by place.
        coverage: The paragraphs of all texts that were found.
        record: The record's bytes; worth keeping only where nothing is wrong.
        quotes, texts: How many quotes stand where they should, in how many texts.
    """

    issues: list[Issue]
    coverage: list[Paragraph]
    record: bytes
    quotes: int
    texts: int

    @property
    def wrong(self) -> bool:
        return any(issue.level == "error" for issue in self.issues)


def wanted(package: Package) -> Plan:
    """The plan of a package. Raises `Refusal` where it has none."""
    found = plan.of(package)
    if found is None:
        raise Refusal(catalogue.issue("verify-unset", file=package.path.name))
    return found


def obstacles(want: Plan, tables: Mapping[str, Table]) -> list[Issue]:
    """What is wrong with the tables in question, and has to be put right first."""
    found = [issue for name in want.resources for issue in tables[name].issues]
    return sorted(issue for issue in found if issue.level == "error")


def verify(
    want: Plan, package: Package, tables: Mapping[str, Table], folder: Path, progress: Progress
) -> Verified:
    """Hold a package against its texts. Nothing is written.

    Args:
        want: Its plan.
        package: The contract.
        tables: What was read, without `obstacles`.
        folder: Where the texts lie.
        progress: Is told what is being done.
    """
    quotes = tables[want.quotes.resource]
    progress("Looking for the texts")
    shelf, issues = _shelf(want, tables, folder)
    progress("Comparing the quotes")
    issues.extend(_incomplete(want.quotes, quotes))
    quoted, wrong = references(want.quotes, quotes, shelf)
    issues.extend(wrong)
    referring = [*quoted]
    for place in want.places:
        found, wrong = references(place, tables[place.resource], shelf)
        referring.extend(found)
        issues.extend(wrong)
    reasons, wrong = _reasons(want, package.folder, shelf)
    issues.extend(wrong)
    body = {
        (text, at)
        for text, paragraphs in shelf.texts.items()
        for at in range(1, len(paragraphs) + 1)
        if (text, at) not in reasons
    }
    located, wrong = quotations.locate(quoted, want.quotes, quotes, shelf, want.marks, body)
    issues.extend(wrong)
    progress("Reading the files of the project")
    issues.extend(repeated(want, package, tables, shelf))
    counted = coverage.count(referring, shelf, reasons)
    issues.extend(coverage.gaps(counted, shelf, tables[want.texts.resource], want.not_coded))
    (key,) = quotes.resource.primary_key
    return Verified(
        issues=sorted(issues),
        coverage=counted,
        record=record.made(want, key, located, shelf.sections),
        quotes=len(located),
        texts=len(shelf.texts),
    )


def _shelf(want: Plan, tables: Mapping[str, Table], folder: Path) -> tuple[Shelf, list[Issue]]:
    """The texts; a changed file is known by the quotes that should stand in it."""
    table = tables[want.texts.resource]
    listed = sections(want.texts, table)
    quotes = tables[want.quotes.resource]
    samples: dict[str, list[str]] = {}
    sources, words = (quotes.column(name) for name in (want.quotes.source, want.quotes.text))
    for source, text in zip(sources, words, strict=True):
        section = listed.get(str(source))
        if section and text:
            samples.setdefault(section.text, []).append(quotations.composed(str(text)))
    shelf, issues = find(table, listed, folder, samples)
    for section in listed.values():
        count = len(shelf.texts.get(section.text, ()))
        if count and (section.last or 1) > count:
            facts = {"cell": section.last, "label": section.label, "count": count}
            issues.append(table.issue("paragraph-missing", section.row, want.texts.last, **facts))
    return shelf, issues


def _incomplete(names: Place, table: Table) -> Iterator[Issue]:
    """Quotes without words or without a place."""
    fields = (names.text, names.source, names.paragraph)
    for row in table.rows:
        blank = [name for name in fields if row.values[table.resource.positions[name]] is None]
        if blank:
            yield table.issue("quote-incomplete", row, blank[0], fields=fields)


def _reasons(
    want: Plan, folder: Path, shelf: Shelf
) -> tuple[dict[tuple[str, int], str], list[Issue]]:
    if not want.not_coded:
        return {}, []
    try:
        data = content(folder / want.not_coded)
    except OSError as error:
        return {}, [catalogue.issue("list-unreadable", file=want.not_coded, reason=error.strerror)]
    return coverage.not_coded(data, want.not_coded, want.quotes, shelf)
