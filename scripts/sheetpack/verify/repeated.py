"""Words of the texts that stand in the project too, more of them in a row than may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sheetpack import catalogue, rawfile
from sheetpack.files import UNREADABLE
from sheetpack.issue import Issue
from sheetpack.package import Package
from sheetpack.table import Table
from sheetpack.verify import project, runs
from sheetpack.verify.plan import Plan
from sheetpack.verify.texts import Shelf, unread


def repeated(
    want: Plan, package: Package, tables: Mapping[str, Table], shelf: Shelf
) -> Iterator[Issue]:
    """An issue for each place in the project that repeats a text.

    What is part of a quote or of an exempt cell may stand anywhere; no file is exempt. The
    cells of a table are looked at first, as they say more about the place than a line does.
    """
    search = _Search(_forbidden(want, tables, shelf), want.longest_run + 1, shelf)
    told: set[Path] = set()
    for table in tables.values():
        found = list(search.in_cells(table))
        if found:
            told.update(path.resolve() for path in rawfile.local_files(table.resource.source))
        yield from found
    for path in project.files(package.folder):
        if path.resolve() not in told:
            yield from search.in_file(path, path.relative_to(package.folder).as_posix())


def _forbidden(
    want: Plan, tables: Mapping[str, Table], shelf: Shelf
) -> dict[runs.Run, tuple[str, int]]:
    """The runs of words that must not be repeated, each with its text and paragraph."""
    length = want.longest_run + 1
    paragraphs = (
        ((text, at), words)
        for text, found in shelf.texts.items()
        for at, words in enumerate(found, start=1)
    )
    exempt = [(want.quotes.resource, want.quotes.text), *want.exempt]
    cells = [str(cell or "") for name, field in exempt for cell in tables[name].column(field)]
    return runs.without(runs.runs(paragraphs, length), cells, length)


@dataclass(frozen=True)
class _Search:
    forbidden: Mapping[runs.Run, tuple[str, int]]
    length: int
    shelf: Shelf

    def in_cells(self, table: Table) -> Iterator[Issue]:
        for row in table.rows:
            for field, cell in zip(table.resource.fields, row.raw, strict=True):
                for facts in self._facts(str(cell or "")):
                    yield table.issue("run", row, field.name, where="This cell", **facts)

    def in_file(self, path: Path, file: str) -> Iterator[Issue]:
        try:
            for part, text in project.texts(path):
                for facts in self._facts(text):
                    where = f"Its part {part}" if part else f"Line {facts['line']}"
                    yield catalogue.issue("run", file=file, where=where, **facts)
        except UNREADABLE as error:
            yield unread(file, error)

    def _facts(self, text: str) -> Iterator[dict[str, Any]]:
        """What is to be told about each repetition in a text."""
        text = runs.composed(text)
        for repeat in runs.repeats(text, self.forbidden, self.length):
            yield {
                "line": text.count("\n", 0, repeat.start) + 1,
                "count": repeat.words,
                "words": " ".join(text[repeat.start : repeat.end].split()),
                "place": self.shelf.name(*repeat.place),
                "most": self.length - 1,
            }
