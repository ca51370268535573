"""Which row of the base each row of a sheet was, before somebody edited it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from itertools import product

from sheetpack.edits.model import Cells
from sheetpack.received.model import Row, Value
from sheetpack.translating.translator import Translator


class Befores:
    """The rows of the base of one resource, found by what a sheet shows of them.

    Args:
        translators, columns: Of each field, how its cells are read and where they stand.
        key: The places of the key among the fields; [] without a key.
        base: The rows, each cell in the order of the fields.
    """

    def __init__(
        self,
        translators: Sequence[Translator],
        columns: Sequence[int],
        key: Sequence[int],
        base: Sequence[Cells],
    ):
        self.base = base
        self.key = [(at, columns[at], translators[at]) for at in key]
        self.identity = self.key or list(
            zip(range(len(columns)), columns, translators, strict=True)
        )

    def of(self, rows: Sequence[Row]) -> list[Cells | None]:
        """The row of the base that each row was: by its key, or by all that it shows.

        A key may have been taken for something else, such as `042` for 42, wherever it stands.
        Rows that are none of these (a new key, say) are taken for what stood in their place,
        if that is nowhere else: then what happened to their values can still be told.
        """
        if self._stand_as_before(rows):
            return list(self.base)
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for at in reversed(range(len(self.base))):
            waiting[self._shown(self.base[at])].append(at)
        found: list[int | None] = []
        for _, values in rows:
            same = waiting.get(self._seen(values))
            found.append(same.pop() if same else None)
        unused = {at for places in waiting.values() for at in places}
        for at, place in self._misread(rows, found, unused):
            found[at] = place
            unused.remove(place)
        first = rows[0][0] if rows else 0
        for at, (number, _) in enumerate(rows):
            if found[at] is None and number - first in unused:
                found[at] = number - first
        return [None if at is None else self.base[at] for at in found]

    def knows(self, values: Mapping[int, Value]) -> bool:
        """Does a row show what one of the base does?"""
        seen = self._seen(values)
        return any(seen) and any(seen == self._shown(line) for line in self.base)

    def _stand_as_before(self, rows: Sequence[Row]) -> bool:
        """Are these as many rows as the base has, each telling itself apart as the one there?

        So it nearly always is; the rest of the work is for where it is not.
        """
        return len(rows) == len(self.base) and all(
            one.shows(values.get(column), line[at])
            for line, (_, values) in zip(self.base, rows, strict=True)
            for at, column, one in self.identity
        )

    def _shown(self, line: Cells) -> tuple[Hashable, ...]:
        """What a row of the base shows, as far as it tells the row apart."""
        return tuple([translator.shown(line[at]) for at, _, translator in self.identity])

    def _seen(self, values: Mapping[int, Value]) -> tuple[Hashable, ...]:
        """The same of a row of the sheet."""
        return tuple([one.seen(values.get(column)) for _, column, one in self.identity])

    def _misread(
        self, rows: Sequence[Row], found: Sequence[int | None], unused: Collection[int]
    ) -> Iterator[tuple[int, int]]:
        """Rows that were not found → the only row of the base whose key theirs may have been."""
        left = [at for at, place in enumerate(found) if place is None]
        if not (self.key and left and unused):
            return
        places: dict[Hashable, set[int]] = defaultdict(set)
        for place in unused:
            line = self.base[place]
            for reading in product(*(one.readings(line[at]) for at, _, one in self.key)):
                places[reading].add(place)
        taken: set[int] = set()
        for at in left:
            values = rows[at][1]
            readings = product(
                *(one.readings_of_cell(values.get(column)) for _, column, one in self.key)
            )
            fits = set().union(*(places.get(reading, ()) for reading in readings))
            if len(fits) == 1 and not fits & taken:
                taken |= fits
                yield at, *fits
