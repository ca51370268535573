"""Rows that lie on the disk once there are many, so that memory stays bounded as they grow.

What is written there has no name, belongs to nobody else, and is gone with the process.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from operator import eq
from typing import IO, Any, Generic, TypeVar, overload

Item = TypeVar("Item", bound=tuple)

CHUNK = 2_048  # rows written, and read again, at once


class NoRoom(OSError):
    """The disk on which something is kept meanwhile has no room for it, or takes none."""

    @classmethod
    def of(cls, error: OSError) -> NoRoom:
        """The same error, with the folder in which there is no room."""
        return cls(error.errno, f"{error.strerror} ({tempfile.gettempdir()})")


class Spool(Sequence[Item], Generic[Item]):
    """A sequence of tuples that grows at its end, of which only a chunk or two is in memory.

    Going through it from first to last is nearly as fast as through a list; looking up single
    items is fast only as long as they stand near each other. An item that is not at the end
    cannot be changed.
    """

    def __init__(self, items: Iterable[Item] = (), make: Callable[[Any], Item] | None = None):
        """Make a spool of these items.

        Args:
            make: Makes an item of a plain tuple with the same members, such as `Row._make`;
                plain tuples need none.
        """
        self._make = make
        self._recent: list[Item] = []
        self._file: IO[bytes] | None = None
        self._starts: list[int] = []  # of each chunk in the file
        self._loaded: tuple[int, list[Item]] = (-1, [])
        self.extend(items)

    def append(self, item: Item) -> None:
        """Add an item. Raises `NoRoom` where the disk has none for it."""
        self._recent.append(item)
        if len(self._recent) == CHUNK:
            self._put_away()

    def extend(self, items: Iterable[Item]) -> None:
        """Add items, as `append` does."""
        for item in items:
            self.append(item)

    def clear(self) -> None:
        """Forget all items, and give the disk back what they took."""
        self._recent, self._file, self._starts, self._loaded = [], None, [], (-1, [])

    def chunks(self) -> Iterator[list[Item]]:
        """The items in order, many at once."""
        for number in range(len(self._starts)):
            yield self._load(number)
        if self._recent:
            yield self._recent

    def __eq__(self, other: object) -> bool:
        """Are these the same items in the same order? A list may hold the others."""
        if not isinstance(other, (Spool, list)):
            return NotImplemented
        return len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # as of a list, which grows as well

    def __len__(self) -> int:
        return len(self._starts) * CHUNK + len(self._recent)

    def __iter__(self) -> Iterator[Item]:
        return chain.from_iterable(self.chunks())

    @overload
    def __getitem__(self, at: int) -> Item: ...

    @overload
    def __getitem__(self, at: slice) -> list[Item]: ...

    def __getitem__(self, at: int | slice) -> Item | list[Item]:
        if isinstance(at, slice):
            begin, end, step = at.indices(len(self))
            if step == 1 and begin == 0:
                return list(islice(self, end))
            return [self[each] for each in range(begin, end, step)]
        place = range(len(self))[at]  # from the end, or beyond it, as in a list
        number, within = divmod(place, CHUNK)
        if number == len(self._starts):
            return self._recent[within]
        if self._loaded[0] != number:
            self._loaded = number, self._load(number)
        return self._loaded[1][within]

    def _put_away(self) -> None:
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="sheetpack-")  # noqa: SIM115 - lives on
            start = self._file.seek(0, 2)
            self._write(self._recent, self._file)
            self._file.flush()  # else what finds no room is told when it is read
        except OSError as error:
            self._give_up()
            raise NoRoom.of(error) from error
        self._starts.append(start)
        self._recent = []

    def _give_up(self) -> None:
        """Close the file: left to its end, it would complain once more of what it holds back."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()

    def _load(self, number: int) -> list[Item]:
        self._file.seek(self._starts[number])
        return self._read(self._file)

    def _write(self, items: list[Item], file: IO[bytes]) -> None:
        # Equal objects are written once in a chunk; plain tuples take half the time.
        pickle.dump([tuple(item) for item in items], file, pickle.HIGHEST_PROTOCOL)

    def _read(self, file: IO[bytes]) -> list[Item]:
        items = pickle.load(file)  # this process wrote it, nobody else can
        return list(map(self._make, items)) if self._make else items
