from __future__ import annotations

from datetime import date

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack.dates import bounds, label


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024-06-19", "2024-06-19", "2024-06-19"),
        ("2024-06-19T14:30:00Z", "2024-06-19", "2024-06-19"),
        ("2024-06-19T14:30:00+09:00", "2024-06-19", "2024-06-19"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1961", "1961-01-01", "1961-12-31"),
        ("0033", "0033-01-01", "0033-12-31"),
        ("1984?", "1984-01-01", "1984-12-31"),
        ("2004-06~", "2004-06-01", "2004-06-30"),
        ("2004-06-11%", "2004-06-11", "2004-06-11"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2004-XX", "2004-01-01", "2004-12-31"),
        ("1985-04-XX", "1985-04-01", "1985-04-30"),
        ("1985-XX-XX", "1985-01-01", "1985-12-31"),
        ("2001-21", "2001-03-01", "2001-05-31"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("1961/1996", "1961-01-01", "1996-12-31"),
        ("2024-05~/2024-06-19", "2024-05-01", "2024-06-19"),
        ("1961/..", "1961-01-01", None),
        ("1961/", "1961-01-01", None),
        ("../1961", None, "1961-12-31"),
        ("/1961", None, "1961-12-31"),
        ("1996/1961", "1996-01-01", "1961-12-31"),
        ("[2022..2024]", "2022-01-01", "2024-12-31"),
        ("[..2024-06]", None, "2024-06-30"),
        ("[2024-06-19..]", "2024-06-19", None),
    ],
)
def test_bounds_are_the_first_and_last_day_meant(text, earliest, latest):
    assert bounds(text) == (day(earliest), day(latest))


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "2024 ", " 2024", "2024\n", "24", "2024-6", "2024-06-1", "19 June 2024"),
        *("2024-13", "2024-00", "2024-06-31", "2023-02-29", "2024-06-00", "0000", "0000-01"),
        *("2024-25", "2024-21-01", "201X-06", "2XXX", "XXXX", "2004-XX-15", "2024-1X", "1XX5"),
        *("２０２４", "2024-06-19T25:00:00Z", "2024-06-19T14:30", "2024-06-19T14:30:00Z?"),
        *("/", "..", "../..", "/..", "1961/1996/2024", "1961/soon", "soon/1961"),
        *("1961/2024-06-19T14:30:00Z", "?1961", "1961??", "Y12024", "-0044", "[1961,1996]"),
        *("[..]", "[]", "[1961]", "[1961..soon]", "{1961..1996}", "[1961..1996", "1961..1996"),
        *(
            "[1961/1996]",
            "[1961..1996]/2000",
            "[[1961..1996]]",
            "[1961...1996]",
            "[196X..1996]",
            "[1961?..1996]",
        ),
        *("unknown", "open", "2024-06-19/x", "2004-06-XX/2005", "1961—1996"),
    ],
)
def test_what_is_not_edtf_as_we_know_it_is_no_date(text):
    assert bounds(text) is None
    assert label(text) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-06-19", "19 June 2024"),
        ("2024-06-09", "9 June 2024"),
        ("2024-06-19T14:30:00Z", "19 June 2024"),
        ("2024-05", "May 2024"),
        ("1961", "1961"),
        ("1984?", "perhaps 1984"),
        ("2024-05~", "about May 2024"),
        ("2024-05-01%", "perhaps about 1 May 2024"),
        ("201X", "the 2010s"),
        ("19XX", "between 1900 and 1999"),
        ("2004-XX", "2004, month unknown"),
        ("1985-04-XX", "April 1985, day unknown"),
        ("1985-XX-XX", "1985, day unknown"),
        ("2001-22", "summer 2001"),
        ("1961/1996", "1961 to 1996"),
        ("1961/1961", "1961"),
        ("2024-06-18/2024-06-19", "18 to 19 June 2024"),
        ("2024-05/2024-06", "May to June 2024"),
        ("2024-05-31/2024-06-19", "31 May to 19 June 2024"),
        ("2023-12-31/2024-01-01", "31 December 2023 to 1 January 2024"),
        ("2024-06-18/2024-06", "18 June 2024 to June 2024"),
        ("2024-05~/2024-06~", "about May 2024 to about June 2024"),
        ("1961/..", "from 1961 on"),
        ("1961/", "from 1961, end unknown"),
        ("../1961", "until 1961"),
        ("[2022..2024]", "between 2022 and 2024"),
        ("[..2024-06-19]", "by 19 June 2024"),
        ("[2024-06-19..]", "not before 19 June 2024"),
        ("/1961", "until 1961, start unknown"),
    ],
)
def test_labels_are_what_a_person_writes(text, words):
    assert label(text) == words


years = st.integers(1, 9999).map("{:04}".format)
months = st.integers(0, 14).map("{:02}".format)
days = st.integers(0, 33).map("{:02}".format)
dates = st.one_of(
    st.builds("{}{}".format, years, st.sampled_from(["", "?", "~", "%"])),
    st.builds("{}-{}{}".format, years, months, st.sampled_from(["", "?", "~", "%"])),
    st.builds("{}-{}-{}{}".format, years, months, days, st.sampled_from(["", "?", "~", "%"])),
    st.builds("{}-{}-XX".format, years, months),
    st.builds("{}-XX".format, years),
    st.integers(1, 999).map("{:03}X".format),
    st.integers(1, 99).map("{:02}XX".format),
)


ends = dates.filter(lambda text: "X" not in text)
plain_ends = ends.filter(lambda text: text[-1] not in "?~%")


@given(
    st.one_of(
        dates,
        st.builds("{}/{}".format, ends, ends),
        st.builds("[{}..{}]".format, plain_ends, plain_ends),
    )
)
def test_bounds_are_those_of_the_edtf_library(text):
    try:
        parsed = edtf.parse_edtf(text)
        theirs = tuple(
            date(*moment[:3]) for moment in (parsed.lower_strict(), parsed.upper_strict())
        )
    except Exception:  # it raises several kinds of errors on what is no date
        theirs = None
    assert bounds(text) == theirs


@given(st.text())
def test_any_text_has_a_label(text):
    assert label(text) if text else label(text) == ""
