"""Dates that are not whole days: EDTF (ISO 8601-2), for the years 1 to 9999.

All of levels 0 and 1, and of level 2 the one form that a chronicle cannot do without: a moment
of which only limits are known, `[2022..2024]`, `[..2024]` or `[2022..]` ("one of a set").

A date is a year, a month, a day, a season (`2024-21` is the spring) or a moment of which
only the day counts; it may be uncertain (`?`), approximate (`~`) or both (`%`), or leave
its last parts open with X (`201X`, `2024-XX`). An interval is two of them with a slash,
either of which may be unknown (nothing written) or open (`..`): something that lasted. What
happened once, some time between two dates, is one of a set.

This is a grammar of our own, not the package `edtf`: that one takes ten years for an
unknown end, prints while it parses, and lets spaces through. The tests hold ours against it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple, TypeAlias

Bounds: TypeAlias = tuple[date | None, date | None]

MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
SEASONS = {21: ("spring", 3), 22: ("summer", 6), 23: ("autumn", 9), 24: ("winter", 12)}
QUALIFIERS = {"": "", "?": "perhaps ", "~": "about ", "%": "perhaps about "}
UNKNOWN, OPEN = "", ".."
ONE_OF = re.compile(r"\[(?P<first>[0-9-]*)\.\.(?P<last>[0-9-]*)\]")

# [0-9] and not \d, which knows the digits of other scripts too.
DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(-(?P<month>[0-9]{2}|XX)(-(?P<day>[0-9]{2}|XX))?)?"
    r"(?P<qualifier>[?~%]?)"
)
MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?"
)


class _Date(NamedTuple):
    """One date as it is understood: its first and last day, and how a person writes it."""

    earliest: date
    latest: date
    label: str


def bounds(text: str) -> Bounds | None:
    """First and last day that an EDTF text can mean.

    The season winter is taken to begin in December of its year (northern, as the seasons
    of EDTF are by custom).

    Returns:
        Two days, of which an end that is unknown or open is None; None as a whole where
        the text is not EDTF. An interval written backwards keeps its order.

    >>> bounds("2024-05")
    (datetime.date(2024, 5, 1), datetime.date(2024, 5, 31))
    """
    ends = _ends(text)
    if ends:
        first, last = ends
        return (first.earliest if first else None, last.latest if last else None)
    only = _parse(text)
    return (only.earliest, only.latest) if only else None


def label(text: str) -> str:
    """An EDTF text as a person writes it; a text that is not EDTF as it is.

    >>> label("2024-06-19"), label("2024-05~"), label("2024-06-18/2024-06-19")
    ('19 June 2024', 'about May 2024', '18 to 19 June 2024')
    >>> label("1961/1996"), label("1961/.."), label("[..1961]")
    ('1961 to 1996', 'from 1961 on', 'by 1961')
    """
    ends = _ends(text)
    if not ends:
        only = _parse(text)
        return only.label if only else text
    first, last = ends
    start, _, end = text.partition("/")
    if ONE_OF.fullmatch(text):
        if not first:
            return f"by {last.label}"
        return f"between {first.label} and {last.label}" if last else f"not before {first.label}"
    if not last:
        return f"from {first.label} on" if end == OPEN else f"from {first.label}, end unknown"
    if not first:
        return f"until {last.label}" if start == OPEN else f"until {last.label}, start unknown"
    return _join(first.label, last.label)


def _ends(text: str) -> tuple[_Date | None, _Date | None] | None:
    """Both ends of an interval or of a set, of which one may be unknown or open.

    Returns:
        None where the text is a single date or no EDTF at all.
    """
    one_of = ONE_OF.fullmatch(text)
    start, slash, end = text.partition("/")
    if one_of:
        start, end = one_of["first"] or OPEN, one_of["last"] or OPEN
        if OPEN not in (start, end) and len(start) != len(end):
            return None  # the grammar has years with years and days with days only
    elif not slash:
        return None
    first, last = _parse_end(start), _parse_end(end)
    if (start not in (UNKNOWN, OPEN) and not first) or (end not in (UNKNOWN, OPEN) and not last):
        return None
    return (first, last) if first or last else None


def _parse_end(text: str) -> _Date | None:
    """One end of an interval; None where unknown, open or no date.

    A moment cannot be one, nor (before level 2) a date with X.
    """
    return None if "T" in text or "X" in text else _parse(text)


def _parse(text: str) -> _Date | None:
    moment = MOMENT.fullmatch(text)
    match = DATE.fullmatch(moment["day"] if moment else text)
    if not match:
        return None
    year, month, day = match["year"], match["month"], match["day"]
    try:
        found = _year(year) if month is None else _within_year(year, month, day)
    except ValueError:  # a day or year that the calendar does not have
        return None
    return found and found._replace(label=QUALIFIERS[match["qualifier"]] + found.label)


def _year(year: str) -> _Date:
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    label = {0: str(first), 1: f"the {first}s", 2: f"between {first} and {last}"}
    return _Date(date(first, 1, 1), date(last, 12, 31), label[year.count("X")])


def _within_year(year: str, month: str, day: str | None) -> _Date | None:
    """A month, season or day; with X for what is not known of it."""
    if "X" in year or (month == "XX" and day not in (None, "XX")):
        return None  # level 2 of the standard
    number = int(year)
    if month == "XX":
        unknown = "month" if day is None else "day"
        return _Date(date(number, 1, 1), date(number, 12, 31), f"{number}, {unknown} unknown")
    if int(month) in SEASONS and day is None:
        return _season(number, int(month))
    last = monthrange(number, int(month))[1] if 1 <= int(month) <= 12 else 0
    name = f"{MONTHS[int(month) - 1]} {number}" if last else ""
    if day in (None, "XX"):
        label = name if day is None else f"{name}, day unknown"
        return _Date(date(number, int(month), 1), date(number, int(month), last), label)
    whole = date(number, int(month), int(day))
    return _Date(whole, whole, f"{whole.day} {name}")


def _season(year: int, code: int) -> _Date:
    name, first = SEASONS[code]
    end_year, last = (year + 1, 2) if first == 12 else (year, first + 2)
    end = date(end_year, last, monthrange(end_year, last)[1])
    return _Date(date(year, first, 1), end, f"{name} {year}")


def _join(first: str, last: str) -> str:
    """Two labels as a span, saying once what both share: "18 to 19 June 2024"."""
    if first == last:
        return first
    before, after = first.split(), last.split()
    plain = all(word.isdigit() or word in MONTHS for word in before + after)
    if plain and len(before) == len(after):
        while len(before) > 1 and before[-1] == after[-1]:
            before.pop()
            after.pop()
    return f"{' '.join(before)} to {last}"
