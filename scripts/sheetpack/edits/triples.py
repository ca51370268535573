"""Which rows of three sides are the same row, and where it stands in the result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from sheetpack.edits.identity import Places


class Triple(NamedTuple):
    """One row: its places on the three sides, counted from 0; None where it doesn't stand."""

    base: int | None
    edited: int | None
    current: int | None


def triples(
    edited_in_base: Places, current_in_base: Places, twins: Mapping[int, int]
) -> list[Triple]:
    """All rows of the edited and the current side, in the order of the result.

    That is the order of the current side. A row that only the edited side has stands
    behind the row which precedes it there; where the edited rows were sorted anew, at the end.

    Args:
        edited_in_base: Of each edited row its place in the base.
        current_in_base: Of each current row its place in the base.
        twins: Place of an edited row → place of the current row, where both sides added it.
    """
    in_current = {base: at for at, base in enumerate(current_in_base) if base is not None}
    in_edited: dict[int, int] = {}
    in_order = _is_in_order(edited_in_base)
    behind = -1 if in_order else len(current_in_base) - 1
    only_edited: dict[int, list[Triple]] = defaultdict(list)
    for at, base in enumerate(edited_in_base):
        current = twins.get(at) if base is None else in_current.get(base)
        if current is None:
            only_edited[behind].append(Triple(base, at, None))
        else:
            in_edited[current] = at
            behind = current if in_order else behind
    rows = only_edited.get(-1, [])
    for at, base in enumerate(current_in_base):
        rows.append(Triple(base, in_edited.get(at), at))
        rows += only_edited.get(at, ())
    return rows


def _is_in_order(places: Places) -> bool:
    known = [place for place in places if place is not None]
    return all(one < other for one, other in pairwise(known))
