"""What there is to tell of the cells of a sheet, with the place of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sheetpack import catalogue
from sheetpack.issue import Issue
from sheetpack.received.matching import Matched
from sheetpack.received.model import Value
from sheetpack.translating.answers import Translated

MOST_TOLD = 20  # repairs of one kind in one column; the rest are counted


class Teller:
    """Makes issues about cells of one sheet; those of a kind that come in masses are counted."""

    def __init__(self, file: str, place: Matched):
        self.file, self.place = file, place
        self.names = {column: name for name, column in place.header.columns.items()}
        self.counts: dict[tuple[str, int], int] = defaultdict(int)
        self.issues: list[Issue] = []
        self.questions: set[int] = set()

    def value(self, row: int, column: int, value: Value | None, done: Translated) -> None:
        if not done.certain:
            self.questions.add(row)
        else:
            self.counts[done.code, column] += 1
            if self.counts[done.code, column] > MOST_TOLD:
                return
        self.issues.append(self.cell(done.code, row, column, level=done.level, **done.facts))

    def rest(self) -> Iterator[Issue]:
        """How many more cells of a column were repaired than are told one by one."""
        for (code, column), count in self.counts.items():
            if count > MOST_TOLD:
                facts = {"count": count - MOST_TOLD, "label": self.place.header.labels[column]}
                kind = (code, column)
                told = next(each for each in self.issues if (each.code, each.column) == kind)
                yield self.cell(
                    "repaired-more", 0, column, level="warning", like=told.cell, **facts
                )

    def asked(self, row: int) -> bool:
        """Is there a question about a cell of that row?"""
        return row in self.questions

    def cell(self, code: str, row: int, column: int, **facts: Any) -> Issue:
        resource = self.place.resource
        made = catalogue.issue(
            code,
            file=self.file,
            resource=resource.name,
            row=row,
            column=column,
            field=self.names.get(column, ""),
            **facts,
        )
        header = self.place.header.labels.get(column, "")
        return replace(made, sheet=self.place.sheet.name, header=header)
