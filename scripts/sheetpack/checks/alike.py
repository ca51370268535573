"""What is equal to what among very many: exact answers, and no more in memory than a part.

Everything here is a tuple whose first member, its key, is compared as Python compares. What is
too much to hold is parted by the hash of its key and put on the disk: equal keys have equal
hashes, so that each part can be looked at by itself. Within a part all stay in their order.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any, TypeVar

from sheetpack.spool import Spool

Keyed = TypeVar("Keyed", bound=tuple[Hashable, *tuple[Any, ...]])

MOST_AT_ONCE = 80_000
PARTS = 8
MOST_TURNS = 4  # so often what was parted is parted again; one key repeated is never less


def repeated(items: Iterable[Keyed], count: int, turn: int = 0) -> Iterator[tuple[Keyed, Keyed]]:
    """Each item whose key an earlier one has, and the first that has it.

    Args:
        count: How many items there are at most.
    """
    if count > MOST_AT_ONCE and turn < MOST_TURNS:
        for part in _parts(items, turn):
            yield from repeated(part, len(part), turn + 1)
        return
    first: dict[Hashable, Keyed] = {}
    for item in items:
        earlier = first.setdefault(item[0], item)
        if earlier is not item:
            yield item, earlier


def unanswered(
    items: Iterable[Keyed], known: Iterable[tuple[Hashable, ...]], count: int, turn: int = 0
) -> Iterator[Keyed]:
    """Each item whose key none of the known has.

    Args:
        count: How many are known at most.
    """
    if count > MOST_AT_ONCE and turn < MOST_TURNS:
        for part, answers in zip(_parts(items, turn), _parts(known, turn), strict=True):
            yield from unanswered(part, answers, len(answers), turn + 1)
        return
    keys = {each[0] for each in known}
    for item in items:
        if item[0] not in keys:
            yield item


def _parts(items: Iterable[Keyed], turn: int) -> list[Spool[Keyed]]:
    parts: list[Spool[Keyed]] = [Spool() for _ in range(PARTS)]
    add = [part.append for part in parts]
    divisor = PARTS**turn
    for item in items:
        add[hash(item[0]) // divisor % PARTS](item)
    return parts
