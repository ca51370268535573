"""Numbers, days, times and truths of a cell, as the field of the file writes them.

Each function takes a cell that holds a number or a truth and what stood there before. What
the field does not know at all is given as the cell shows it; the check of the data tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

import frictionless

from sheetpack.received.model import Special
from sheetpack.translating.answers import Translated, asked, told
from sheetpack.translating.days import DAYS, TIMES, moment, plain, seconds, words
from sheetpack.translating.languages import truth
from sheetpack.translating.misreadings import LIKE_A_YEAR
from sheetpack.workbook.cells import is_safe_integer
from sheetpack.workbook.rows import SECONDS_A_DAY


class Column(NamedTuple):
    """A field as Frictionless has it, and how it reads a text."""

    source: frictionless.Field
    read: Callable[[Any], Any]


Writer: TypeAlias = Callable[[Column, Special, str], Translated]


def number(column: Column, cell: Special, before: str) -> Translated:
    """A number with the field's own sign for decimals, and the unit that stood there before."""
    if isinstance(cell.value, bool):
        return told("", cell, words(cell))
    if cell.shown not in ("", "percent"):
        return asked("asked-date", cell)
    value = Decimal(plain(cell.value))
    if column.source.type == "integer" and not is_safe_integer(value):
        return asked("asked-digits", cell)
    bare = column.source.bare_number
    start, end = ("", "") if bare else _unit(before)
    is_percent = cell.shown == "percent" and (not bare or before.endswith("%"))
    if is_percent:
        value *= 100
        end = end if "%" in end else "%"
    digits = plain(float(value)).replace(".", getattr(column.source, "decimal_char", "."))
    for text in (f"{start}{digits}{end}", digits):
        read = column.read(text)
        if read is None or Decimal(str(read)) == value:
            code = "noted-percent" if cell.shown == "percent" and not is_percent else ""
            return told(code, cell, text)
    return asked("asked-form", cell)


def _unit(before: str) -> tuple[str, str]:
    """What stands before and after the number in a text such as "$ 5" or "5 %"."""
    if not any(character.isdigit() for character in before):
        return "", ""
    return re.match(r"[^-\d]*", before)[0], re.search(r"\D*$", before)[0]


def boolean(column: Column, cell: Special, before: str) -> Translated:
    """The field's first word for a truth; 1 and 0 where the field knows them."""
    if cell.shown not in ("", "percent"):
        return asked("asked-date", cell)
    if not isinstance(cell.value, bool):
        return told("", cell, words(cell))
    values = column.source.true_values if cell.value else column.source.false_values
    return told("", cell, values[0] if values else words(cell))


def boolean_word(column: Column, text: str) -> Translated:
    """A text in a field of truths: the field's own words in any case, else those of any language.

    Anything else stays as it is.
    """
    own = [*column.source.true_values, *column.source.false_values]
    alike = [word for word in own if word.casefold() == text.casefold()]
    value = truth(text)
    if text in own or (not alike and value is None):
        return Translated(text)
    values = column.source.true_values if value else column.source.false_values
    word = next(iter(alike or values), text)
    return told("repaired-boolean", Special(text), word)


def day(column: Column, cell: Special, before: str) -> Translated:
    """A day in the field's own format; a time at midnight is none."""
    if _is_plain(cell):
        return told("", cell, words(cell))
    found = moment(cell.value)
    if found is None or cell.shown in TIMES or _is_month(cell, found):
        return asked("asked-date", cell)
    if cell.shown == "datetime" and found.time() != time():
        return asked("asked-time", cell)
    code = "" if cell.shown == "date" and cell.value == int(cell.value) else "repaired-date"
    return _formatted(column, found.date(), code, cell)


def day_and_time(column: Column, cell: Special, before: str) -> Translated:
    """A day with its time, to the second, in the field's own format."""
    if _is_plain(cell):
        return told("", cell, words(cell))
    found = moment(cell.value)
    if found is None or cell.shown in TIMES or _is_month(cell, found):
        return asked("asked-date", cell)
    return _formatted(column, found, "", cell)


def clock_time(column: Column, cell: Special, before: str) -> Translated:
    """A time of the day in the field's own format."""
    if _is_plain(cell):
        return told("", cell, words(cell))
    found = seconds(cell.value)
    if cell.shown in DAYS or not 0 <= found < SECONDS_A_DAY:
        return asked("asked-date", cell)
    minutes, rest = divmod(found, 60)
    return _formatted(column, time(minutes // 60, minutes % 60, rest), "repaired-date", cell)


def duration(column: Column, cell: Special, before: str) -> Translated:
    """A span of time as ISO 8601 writes it: PT1H30M."""
    if _is_plain(cell):
        return told("", cell, words(cell))
    found = seconds(cell.value)
    if cell.shown in DAYS or found < 0:
        return asked("asked-date", cell)
    parts = zip((found // 3600, found // 60 % 60, found % 60), "HMS", strict=True)
    text = "".join(f"{count}{letter}" for count, letter in parts if count)
    return told("repaired-date", cell, f"PT{text or '0S'}")


def year(column: Column, cell: Special, before: str) -> Translated:
    """A year that was typed as one, or is all that is shown of a day."""
    if _is_plain(cell):
        return told("", cell, words(cell))
    found = moment(cell.value) if cell.shown == "month" and cell.value > LIKE_A_YEAR else None
    if found is None:
        return asked("asked-date", cell)
    return told("repaired-date", cell, f"{found.year:04}")


def year_and_month(column: Column, cell: Special, before: str) -> Translated:
    """A month that is all that is shown of a day, or that a day is the first of."""
    if _is_plain(cell):
        return told("", cell, words(cell))
    found = moment(cell.value) if cell.shown in DAYS else None
    whole = found is not None and (found.day, found.time()) == (1, time())
    if found is None or not (cell.shown == "month" or whole):
        return asked("asked-date", cell)
    return told("repaired-date", cell, f"{found.year:04}-{found.month:02}")


def _is_plain(cell: Special) -> bool:
    """Is it a truth or a mere number, not shown as any day or time?"""
    return isinstance(cell.value, bool) or cell.shown in ("", "percent")


def _is_month(cell: Special, found: datetime) -> bool:
    """May only a month have been meant? On the first, nobody could say."""
    return cell.shown == "month" and found.day == 1


def _formatted(
    column: Column, value: date | datetime | time, code: str, cell: Special
) -> Translated:
    """In the format of the field, if nothing of the value is lost by it."""
    pattern = column.source.format
    text = value.strftime(pattern) if "%" in pattern else value.isoformat()
    read = column.read(text)
    return told(code, cell, text) if read is None or read == value else asked("asked-form", cell)


# Type of a field → how a cell of it is written. Types that are not here are text.
WRITERS: Mapping[str, Writer] = {
    "integer": number,
    "number": number,
    "boolean": boolean,
    "date": day,
    "datetime": day_and_time,
    "time": clock_time,
    "duration": duration,
    "year": year,
    "yearmonth": year_and_month,
}
