"""What a cell is, by what the parts of a workbook say of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time
from math import isfinite

from sheetpack.received.model import Shown, Special, Value
from sheetpack.received.ranges import corners
from sheetpack.received.texts import plain
from sheetpack.workbook.rows import SECONDS_A_DAY, serial

FROM_1900_TO_1904 = 1462  # days
TRUTHS = {"1": True, "true": True, "0": False, "false": False}
# LibreOffice saves a truth that somebody typed as a formula, with a number as its value.
FORMULAS_OF_TRUTHS = {"TRUE()": True, "FALSE()": False}
COUNTED_DAYS = ("date", "datetime", "month")
MOST_AREAS = 100


def understood(
    kind: str | None, raw: str | None, shown: Shown, formula: str | None, from_1904: bool
) -> Value | None:
    """A cell as it is handed on; None where nothing stands in it.

    Args:
        kind: What the file says is in it: "s" or "str" for a text, "n" or None for a number …
        raw: What stands there; a shared text itself instead of its number.
        shown: How its style shows a number.
        formula: Its formula, "" where that stands in another cell; None without one.
        from_1904: Are days counted from 1904?
    """
    value, shown = _value(kind, raw, shown, from_1904)
    if formula is None and (value is None or value == ""):
        return None
    if formula and formula.upper() in FORMULAS_OF_TRUTHS:
        return FORMULAS_OF_TRUTHS[formula.upper()]
    is_error = kind == "e" and value is not None
    if formula is None and not shown and not is_error:
        return value
    return Special(value, shown, formula and plain(formula), is_error)


def _value(
    kind: str | None, raw: str | None, shown: Shown, from_1904: bool
) -> tuple[str | float | bool | None, Shown]:
    if raw is None:
        return None, ""
    if kind in ("str", "inlineStr"):
        return plain(raw), ""
    if kind == "s":
        return raw, ""
    raw = raw.strip()
    if not raw:
        return None, ""
    if kind == "b":
        return TRUTHS.get(raw.lower(), raw), ""
    if kind == "e":
        return raw, ""
    if kind == "d":
        return _from_iso(raw, shown)
    try:
        number = float(raw)
    except ValueError:
        return plain(raw), ""
    if not isfinite(number):
        return raw, ""
    if from_1904 and (shown in COUNTED_DAYS or (shown == "time" and number >= 1)):
        number += FROM_1900_TO_1904
    return number, shown


def _from_iso(raw: str, shown: Shown) -> tuple[str | float, Shown]:
    """A day or time that is written out; the text itself where it is none."""
    with suppress(ValueError):
        return float(serial(date.fromisoformat(raw))), shown or "date"
    with suppress(ValueError):
        return float(serial(datetime.fromisoformat(raw))), shown or "datetime"
    with suppress(ValueError):
        clock = time.fromisoformat(raw)
        seconds = clock.hour * 3600 + clock.minute * 60 + clock.second
        return seconds / SECONDS_A_DAY, shown or "time"
    return raw, ""


class Spilled:
    """Areas whose cells are all filled by the formula of their first cell."""

    def __init__(self) -> None:
        self.areas: list[tuple[int, int, int, int]] = []

    def add(self, formula: Mapping[str, str]) -> None:
        """Note the area of a formula, where it fills more than its own cell.

        Args:
            formula: The attributes of its element.

        Raises:
            ValueError: The area is none.
        """
        area = formula.get("ref", "")
        # Beyond so many, a result passes for a value: better than to look long at each row.
        is_wide = formula.get("t") in ("array", "dataTable") and ":" in area
        if is_wide and len(self.areas) < MOST_AREAS:
            self.areas.append(corners(area))

    def mark(self, row: int, cells: dict[int, Value]) -> None:
        """Mark the cells of a row that such a formula fills."""
        self.areas = [area for area in self.areas if area[2] >= row]
        spans = sorted((left, right) for top, left, _, right in self.areas if top <= row)
        reach = at = 0
        for column in sorted(cells) if spans else ():
            while at < len(spans) and spans[at][0] <= column:
                reach = max(reach, spans[at][1])
                at += 1
            cell = cells[column]
            if column > reach:
                continue
            if not isinstance(cell, Special):
                cells[column] = Special(cell, formula="")
            elif cell.formula is None:
                cells[column] = cell._replace(formula="")
