"""The rows of a table: a sequence that lies on the disk once it is long, column by column.

Most of what looks at rows looks at one or two of their columns; no others are read then.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, NamedTuple

from sheetpack.spool import Spool

Column = tuple[Sequence[Any], Sequence[Any]]  # its cells, raw and typed, row by row


class Row(NamedTuple):
    """One row, its cells in the order of the resource's fields.

    Attributes:
        number: Row as a spreadsheet counts it: the header is row 1.
        raw: The cells as the file has them (text for a CSV; None for a missing cell).
        values: The same cells typed; None where blank, or where the type did not fit.
    """

    number: int
    raw: tuple[Any, ...]
    values: tuple[Any, ...]


class Rows(Spool[Row]):
    """Rows of as many cells each. Go through columns where you can, and through rows seldom."""

    def __init__(self, items: Iterable[Row] = ()):
        self._places: list[list[int]] = []  # where in the file each column of each chunk begins
        super().__init__(items)

    def columns(self, *at: int) -> Iterator[tuple[Sequence[int], list[Column]]]:
        """The numbers of the rows, many at once, and the columns that stand there in each."""
        for places in self._places:
            yield self._at(places[0]), [self._at(places[1 + each]) for each in at]
        if self._recent:
            numbers = [row.number for row in self._recent]
            yield numbers, [_column(self._recent, each) for each in at]

    def clear(self) -> None:
        """Forget all rows, and give the disk back what they took."""
        super().clear()
        self._places = []

    def _at(self, place: int) -> Any:
        self._file.seek(place)
        return pickle.load(self._file)

    def _write(self, items: list[Row], file: IO[bytes]) -> None:
        places = [file.tell()]
        pickle.dump([row.number for row in items], file, pickle.HIGHEST_PROTOCOL)
        for at in range(len(items[0].raw)):
            places.append(file.tell())
            # One object that stands in many cells is written once.
            pickle.dump(_column(items, at), file, pickle.HIGHEST_PROTOCOL)
        self._places.append(places)

    def _read(self, file: IO[bytes]) -> list[Row]:
        numbers = pickle.load(file)
        columns = [pickle.load(file) for _ in self._places[0][1:]]
        if not columns:
            return [Row(number, (), ()) for number in numbers]
        raws, values = zip(*columns, strict=True)
        return list(map(Row, numbers, zip(*raws, strict=True), zip(*values, strict=True)))


def _column(rows: Sequence[Row], at: int) -> Column:
    return [row.raw[at] for row in rows], [row.values[at] for row in rows]
