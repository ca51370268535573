"""Ranges in A1 notation, as numbers."""

from __future__ import annotations

import re

CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
CELL_OR_RANGE = re.compile(rf"{CELL.pattern}(?::{CELL.pattern})?")


def corners(area: str) -> tuple[int, int, int, int]:
    """The first row and column and the last row and column of a range, counted from 1.

    >>> corners("B2:C10")
    (2, 2, 10, 3)

    Raises:
        ValueError: It is no range.
    """
    found = CELL_OR_RANGE.fullmatch(area.upper())
    if not found:
        raise ValueError(area)
    left, top, right, bottom = found.groups()
    return (
        int(top),
        column_number(left),
        int(bottom or top),
        column_number(right or left),
    )


def column_number(letters: str) -> int:
    """The column of those letters, counted from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
