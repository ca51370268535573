"""Days and times as the numbers by which spreadsheets know them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sheetpack.received.model import Special
from sheetpack.workbook.rows import DAY_ZERO, SECONDS_A_DAY

ZERO = datetime.combine(DAY_ZERO, time())
DAYS = {"date", "datetime", "month"}
TIMES = {"time", "duration"}
DIGITS = 15  # as many as a spreadsheet keeps of a number
LONGEST_PLAIN = 21
BEYOND = 1e9


def seconds(number: float) -> int:
    """A number of days as seconds, rounded."""
    if abs(number) < BEYOND:
        return round(number * SECONDS_A_DAY)
    return int(number) * SECONDS_A_DAY  # the product of a float could be infinite


def moment(number: float) -> datetime | None:
    """The day, with its time to the second, that a number stands for.

    None where it is not certain: in January and February 1900 spreadsheet programs differ by
    a day, as some count a 29 February. Days before that are known to some programs only.

    >>> moment(45462.5)
    datetime.datetime(2024, 6, 19, 12, 0)
    """
    if 0 <= number < 61:
        return None
    try:
        return ZERO + timedelta(seconds=seconds(number))
    except (OverflowError, ValueError):
        return None


def clock(number: float) -> str:
    """A number of days as hours, minutes and seconds.

    >>> clock(1.5)
    '36:00:00'
    """
    minutes, rest = divmod(abs(seconds(number)), 60)
    sign = "-" if number < 0 else ""
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}:{rest:02}"


def plain(number: float) -> str:
    """A number in the digits that a spreadsheet keeps of it.

    >>> plain(42.0), plain(0.1 + 0.2), plain(1e-7)
    ('42', '0.3', '0.0000001')
    """
    text = f"{number + 0.0:.{DIGITS}g}"
    if "e" not in text:
        return text
    digits, _, exponent = text.partition("e")
    if abs(int(exponent)) >= LONGEST_PLAIN:
        return f"{digits}E{int(exponent)}"
    return f"{number:.0f}" if number.is_integer() else f"{number:.{_places(digits, exponent)}f}"


def _places(digits: str, exponent: str) -> int:
    """How many decimals a number has that is written with an exponent."""
    return max(0, len(digits.partition(".")[2]) - int(exponent))


def words(cell: Special) -> str:
    """What a cell shows, to be named in a message.

    >>> words(Special(0.5, "percent")), words(Special(45413.0, "month")), words(Special(True))
    ('50%', '2024-05', 'TRUE')
    """
    value = cell.value
    if isinstance(value, bool):
        return str(value).upper()
    if not isinstance(value, int | float):
        return value or ""
    day = moment(value) if cell.shown in DAYS else None
    if day:
        pattern = {"month": "%Y-%m", "date": "%Y-%m-%d"}.get(cell.shown, "%Y-%m-%d %H:%M:%S")
        return day.strftime(pattern)
    if cell.shown in TIMES and abs(value) < BEYOND:
        return clock(value)
    return f"{plain(value * 100)}%" if cell.shown == "percent" else plain(value)
