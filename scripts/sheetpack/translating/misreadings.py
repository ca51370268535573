"""What a spreadsheet program may take a text for: `042` for a number, `3-4` for a day.

A text and a cell have a reading in common where the program can have made the cell of it.
Readings are numbers to 15 digits, moments in seconds, days without a year and truths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Any, Literal, TypeAlias

from sheetpack.dates import MONTHS
from sheetpack.received.model import Special
from sheetpack.translating.days import DAYS, DIGITS, moment, seconds
from sheetpack.translating.languages import truth
from sheetpack.workbook.cells import FIRST_DATE
from sheetpack.workbook.rows import SECONDS_A_DAY, serial

Reading: TypeAlias = tuple[Literal["number", "seconds", "day", "truth"], Any]

LIKE_A_YEAR = 9999  # a number up to this may be a year that somebody typed
FIRST_OF_1900S = 30  # two digits of a year from here on are of the last century
LONGEST = 60

_MONTHS = {name[:length].casefold(): at for at, name in enumerate(MONTHS, 1) for length in (3, 9)}
_MONTHS["sept"] = 9
_CURRENCY = "[$€£¥]"
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<sign>[-+−])? ?{_CURRENCY}? ?(?P<digits>[0-9.,' ]*[0-9][0-9.,' ]*?)"
    rf"(?P<exponent>[eE][-+]?[0-9]{{1,3}})? ?(?P<mark>%|{_CURRENCY})?(?(open)\))"
)
_GROUPED = {
    ".": re.compile(r"([0-9]*|[0-9]{1,3}(?P<sep>[,' ])[0-9]{3}((?P=sep)[0-9]{3})*)(\.[0-9]*)?"),
    ",": re.compile(r"([0-9]*|[0-9]{1,3}(?P<sep>[.' ])[0-9]{3}((?P=sep)[0-9]{3})*)(,[0-9]*)?"),
}
_FRACTION = re.compile(r"([0-9]{1,9}) ([0-9]{1,5})/([0-9]{1,5})")
_TIME = re.compile(
    r"(?P<hour>[0-9]{1,4}):(?P<minute>[0-9]{2})(:(?P<second>[0-9]{2}))?([.,][0-9]+)?"
    r"( ?(?P<half>[ap])\.?m?\.?)?",
    re.IGNORECASE,
)
_DAY_AND_TIME = re.compile(r"(?P<day>.+?)(?: |T)(?P<time>[0-9]{1,2}:.+?)Z?")
_THREE = re.compile(r"([0-9]{1,4})([-/. ])([0-9]{1,2})\2([0-9]{1,4})\.?")
_TWO = re.compile(r"([0-9]{1,4}) ?[-/.] ?([0-9]{1,4})\.?")
_NAMED = re.compile(
    r"(?:(?P<first>[0-9]{1,2})[-./ ]*)?(?P<month>[a-z]{3,9})\.?"
    r"(?:[-./, ]*(?P<second>[0-9]{1,4}))?(?:[-./, ]+(?P<third>[0-9]{2,4}))?",
    re.IGNORECASE,
)


def of_text(text: str) -> frozenset[Reading]:
    """Everything that a spreadsheet program, in whatever language, may take a text for.

    >>> of_text("042"), sorted(of_text("3/45"))
    (frozenset({('number', 42.0)}), [('seconds', 1425340800)])
    """
    if len(text) > LONGEST:
        return frozenset()
    text = " ".join(text.split())
    found: set[Reading] = {("number", number) for number in _numbers(text)}
    found.update(_days(text))
    found.update(("seconds", time) for time in _times(text))
    match = _DAY_AND_TIME.fullmatch(text)
    if match:
        days = [value for kind, value in _days(match["day"]) if kind == "seconds"]
        found.update(("seconds", day + time) for day in days for time in _times(match["time"]))
    value = truth(text)
    if value is not None:
        found.add(("truth", value))
    return frozenset(found)


def of_cell(cell: Special) -> frozenset[Reading]:
    """What the number or truth in a cell may have been a text for."""
    value = cell.value
    if isinstance(value, bool):
        return frozenset({("truth", value)})
    if not isinstance(value, int | float):
        return frozenset()
    found: set[Reading] = {("number", float(f"{value + 0.0:.{DIGITS}g}"))}
    if cell.shown not in ("", "percent") or value > LIKE_A_YEAR:
        found.add(("seconds", seconds(value)))
    day = moment(value) if cell.shown in DAYS and float(value).is_integer() else None
    if day:
        found.add(("day", (day.month, day.day)))
    return frozenset(found)


def _numbers(text: str) -> Iterator[float]:
    match = _NUMBER.fullmatch(text)
    for decimal in _GROUPED if match else ():
        if _GROUPED[decimal].fullmatch(match["digits"]):
            digits = re.sub(rf"[^0-9{decimal}]", "", match["digits"]).replace(decimal, ".")
            number = Decimal(f"{digits}{match['exponent'] or ''}")
            number /= 100 if match["mark"] == "%" else 1
            yield from _kept(-number if match["open"] or match["sign"] in ("-", "−") else number)
    fraction = _FRACTION.fullmatch(text)
    if fraction and int(fraction[3]):
        yield from _kept(int(fraction[1]) + Decimal(fraction[2]) / Decimal(fraction[3]))


def _kept(number: Decimal) -> Iterator[float]:
    """What is kept of its digits: some programs round, others cut."""
    for rounding in (ROUND_HALF_EVEN, ROUND_DOWN):
        try:
            yield float(Context(prec=DIGITS, rounding=rounding).plus(number)) + 0.0
        except (InvalidOperation, OverflowError):
            return


def _times(text: str) -> Iterator[int]:
    match = _TIME.fullmatch(text)
    if match:
        hour = int(match["hour"])
        if match["half"]:
            hour = hour % 12 + (12 if match["half"] in "pP" else 0)
        yield hour * 3600 + int(match["minute"]) * 60 + int(match["second"] or 0)


def _days(text: str) -> Iterator[Reading]:
    three, two, named = _THREE.fullmatch(text), _TWO.fullmatch(text), _NAMED.fullmatch(text)
    if three:
        a, b, c = three[1], three[3], three[4]
        orders = ((a, b, c),) if len(a) > 2 else ((a, b, c), (c, b, a), (c, a, b))
        for year, month, day in orders:
            yield from _day(year, int(month), int(day))
    elif two:
        a, b = two[1], two[2]
        yield from _day(a, int(b), 1) if len(a) > 2 else _day(b, int(a), 1)
        if len(a) < 3 and len(b) < 3:
            yield from _yearless(int(a), int(b))
            yield from _yearless(int(b), int(a))
    elif named and named["month"].casefold() in _MONTHS:
        month = _MONTHS[named["month"].casefold()]
        numbers = [named[group] for group in ("first", "second", "third") if named[group]]
        if len(numbers) == 2:
            yield from _day(numbers[1], month, int(numbers[0]))
        elif len(numbers) == 1:
            yield from _yearless(month, int(numbers[0]))
            yield from _day(numbers[0], month, 1)


def _day(year: str, month: int, day: int) -> Iterator[Reading]:
    """A day as seconds; a year of one or two digits is one of these times."""
    number = int(year)
    if len(year) <= 2:
        number += 2000 if number < FIRST_OF_1900S else 1900
    try:
        found = date(number, month, day)
    except ValueError:
        return
    days = serial(found)
    yield "seconds", days * SECONDS_A_DAY
    if found < FIRST_DATE:  # as programs count that know a 29 February 1900
        yield "seconds", (days - 1) * SECONDS_A_DAY


def _yearless(month: int, day: int) -> Iterator[Reading]:
    if 1 <= month <= 12 and 1 <= day <= 31:
        yield "day", (month, day)
