"""What a cell of a received workbook means for the file, case by case."""

from __future__ import annotations

import csv
import io
import math
from datetime import datetime

import frictionless
import pytest

from sheetpack import catalogue
from sheetpack.package import Field
from sheetpack.received.model import Special
from sheetpack.translating.answers import Translated
from sheetpack.translating.languages import WORDS, truth
from sheetpack.translating.translator import Translator
from sheetpack.workbook.rows import serial

NBSP = "\u00a0"


def field(kind="string", choices=None, **more):
    """A translator of a field of that type; `more` as in a descriptor, or our own settings."""
    settings = {name: more.pop(name) for name in ("edtf",) if name in more}
    source = frictionless.Field.from_descriptor({"name": "f", "type": kind} | more)
    own = Field(
        name="f",
        type=kind,
        format=source.format,
        constraints=dict(source.constraints),
        blanks=tuple(source.missing_values),
        settings=settings,
    )
    return Translator(own, source, choices)


def day(text, shown="date"):
    moment = datetime.fromisoformat(text)
    return Special(float(serial(moment)), shown)


TEXT = field()
ANY = field("any")
CODE = field(choices={"042", "043", "1E5", "7"})
OIL = field(choices={"oil", "Gas", "GAS", "true"}, constraints={"enum": ["oil", "Gas", "GAS"]})
KEY = field(choices={"kim", "lee"})
EDTF = field(edtf=True)
DAYS_ONLY = field(constraints={"pattern": r"\d{4}-\d{2}-\d{2}"})
INTEGER = field("integer")
LOOSE_INTEGER = field("integer", bareNumber=False)
NUMBER = field("number")
GERMAN = field("number", decimalChar=",", groupChar=".")
MONEY = field("number", bareNumber=False)
AMBIGUOUS = field("number", decimalChar=".", groupChar=".")
BOOLEAN = field("boolean")
JA = field("boolean", trueValues=["ja", "j"], falseValues=["nein", "n"])
DATE = field("date")
SLASHED = field("date", format="%d/%m/%Y")
COMPACT = field("date", format="%Y%m%d")
SHORT = field("date", format="%d/%m/%y")
ANY_DATE = field("date", format="any")
MOMENT = field("datetime")
OWN_MOMENT = field("datetime", format="%d.%m.%Y %H:%M")
TIME = field("time")
SHORT_TIME = field("time", format="%H:%M")
YEAR = field("year")
MONTH = field("yearmonth")
DURATION = field("duration")
OBJECT = field("object")
LIST = field("list")

CASES = [
    # A spreadsheet took a text for something else.
    (TEXT, "042", 42.0, "042", "repaired-misread"),
    (TEXT, "1.10", 1.1, "1.10", "repaired-misread"),
    (TEXT, "1,10", 1.1, "1,10", "repaired-misread"),
    (TEXT, "1.10", day("2026-10-01"), "1.10", "repaired-misread"),
    (TEXT, "2024-05", day("2024-05-01"), "2024-05", "repaired-misread"),
    (TEXT, "2024-05", day("2024-05-01", "month"), "2024-05", "repaired-misread"),
    (TEXT, "2024-05", 45413.0, "2024-05", "repaired-misread"),
    (TEXT, "1905-07", 2009.0, "2009", "noted-number"),
    (TEXT, "2024-05-01", day("2024-05-01", "datetime"), "2024-05-01", "repaired-misread"),
    (TEXT, "1961", 1961.0, "1961", "repaired-misread"),
    (TEXT, "1961", Special(1961.0, "date"), "1961", "repaired-misread"),
    (TEXT, "TRUE", True, "TRUE", "repaired-misread"),
    (TEXT, "wahr", True, "wahr", "repaired-misread"),
    (TEXT, "FALSE", True, None, "asked-boolean"),
    (TEXT, "1/2", day("2026-02-01"), "1/2", "repaired-misread"),
    (TEXT, "1/2", day("2026-01-02"), "1/2", "repaired-misread"),
    (TEXT, "0 1/2", 0.5, "0 1/2", "repaired-misread"),
    (TEXT, "3-4", day("2025-03-04"), "3-4", "repaired-misread"),
    (TEXT, "3-4", day("2025-05-04"), None, "asked-date"),
    (TEXT, "MARCH1", day("2026-03-01"), "MARCH1", "repaired-misread"),
    (TEXT, "May 2024", day("2024-05-01", "month"), "May 2024", "repaired-misread"),
    (TEXT, "19 June 2024", day("2024-06-19"), "19 June 2024", "repaired-misread"),
    (TEXT, "June 19, 2024", day("2024-06-19"), "June 19, 2024", "repaired-misread"),
    (TEXT, "19.06.24", day("2024-06-19"), "19.06.24", "repaired-misread"),
    (TEXT, "2024-06-19 18:30", day("2024-06-19T18:30", "datetime"), ..., "repaired-misread"),
    (TEXT, "12:30", Special(12.5 / 24, "time"), "12:30", "repaired-misread"),
    (TEXT, "6:30 pm", Special(18.5 / 24, "time"), "6:30 pm", "repaired-misread"),
    (TEXT, "1E5", 100000.0, "1E5", "repaired-misread"),
    (TEXT, "50%", Special(0.5, "percent"), "50%", "repaired-misread"),
    (TEXT, "$ 1,234.50", 1234.5, "$ 1,234.50", "repaired-misread"),
    (TEXT, "(5)", -5.0, "(5)", "repaired-misread"),
    (TEXT, "+7", 7.0, "+7", "repaired-misread"),
    (TEXT, "1,2", 12.0, "12", "noted-number"),
    (TEXT, "12345678901234567890", 1.23456789012346e19, ..., "repaired-misread"),
    (TEXT, "12345678901234567", 12345678901234500.0, ..., "repaired-misread"),
    (ANY, "042", 42.0, "042", "repaired-misread"),
    (TEXT, "=1+1", Special(2.0, formula="1+1"), "=1+1", "repaired-misread"),
    (TEXT, "+A1", Special(None, formula="+A1"), "+A1", "repaired-misread"),
    (TEXT, "=1+1", Special(3.0, formula="1+2"), "3", "repaired-formula"),
    (DATE, "2024-06-18", "2024-06-19 00:00:00", "2024-06-19", "repaired-date"),
    (SLASHED, "19/06/2024", "2024-06-19T00:00", "19/06/2024", "repaired-date"),
    (DATE, None, "2024-06-31 00:00:00", "2024-06-31 00:00:00", ""),
    (DATE, None, "2024-06-19 01:00:00", "2024-06-19 01:00:00", ""),
    (LIST, "1,2", 1.2, "1,2", "repaired-misread"),
    (DATE, "2024-05", day("2024-05-01"), "2024-05", "repaired-misread"),
    (INTEGER, "12345678901234567890", 1.23456789012346e19, ..., "repaired-misread"),
    (YEAR, "0987", 987.0, "0987", "repaired-misread"),
    # A text in the place of a text is an edit.
    (TEXT, "042", "42", "42", ""),
    (TEXT, None, "=1+1", "=1+1", ""),
    (TEXT, "a", "=1+1", "=1+1", ""),
    (TEXT, None, "WAHR", "WAHR", ""),
    (TEXT, "a", None, None, ""),
    (TEXT, "a", "", None, ""),
    (TEXT, "a", "two\nlines  here", "two\nlines  here", ""),
    (TEXT, "a\r\nb", "a\nc", "a\r\nc", ""),
    (TEXT, "a\r\nb", "a\nb", ..., ""),
    (TEXT, "a\nb", "a\r\nb", ..., ""),
    # Spaces
    (TEXT, "a", f" a{NBSP}", "a", "repaired-spaces"),
    (TEXT, None, " new ", "new", "repaired-spaces"),
    (TEXT, None, " \n", None, ""),
    (TEXT, "a b", f"a{NBSP}b", "a b", "repaired-spaces"),
    (TEXT, f"a{NBSP}b", "a b", f"a{NBSP}b", "repaired-spaces"),
    (TEXT, " a", f"{NBSP}a", " a", "repaired-spaces"),
    (TEXT, " a", "a", "a", ""),
    (TEXT, " a", " b", " b", ""),
    (TEXT, " ", " ", " ", ""),
    (DATE, None, " 2024-06-19 ", "2024-06-19", "repaired-spaces"),
    # Quotation marks, dashes and dots
    (TEXT, '"it\'s" - a--b...', "“it’s” – a—b…", ..., "repaired-typography"),
    (TEXT, 'say "x"', f"say «{NBSP}x{NBSP}»", ..., "repaired-typography"),
    (TEXT, "“it’s”", '"it\'s"', '"it\'s"', ""),
    (TEXT, "it's old", "it’s new", "it’s new", "noted-quotes"),
    (TEXT, "it’s old", "it’s new", "it’s new", ""),
    (TEXT, "a-b", "a–c", "a–c", ""),
    (OBJECT, '{"a": 1}', "{“a”: 1}", '{"a": 1}', "repaired-typography"),
    # Choices
    (CODE, None, 42.0, "042", "repaired-choice"),
    (CODE, "043", 42.0, "042", "repaired-choice"),
    (CODE, None, 7.0, "7", "noted-number"),
    (CODE, None, 100000.0, "1E5", "repaired-choice"),
    (CODE, None, 99.0, "99", "noted-number"),
    (OIL, "Gas", True, "true", "repaired-choice"),
    (OIL, None, "Oil ", "oil", "repaired-choice"),
    (OIL, None, "gas", "gas", ""),
    (OIL, None, "coal", "coal", ""),
    (KEY, "lee", "Kim", "Kim", ""),
    # Numbers, days and truths among texts
    (TEXT, None, 42.0, "42", "noted-number"),
    (TEXT, None, -42.0, "-42", "noted-number"),
    (TEXT, None, 999999999999999.0, "999999999999999", "noted-number"),
    (TEXT, None, 1e15, None, "asked-digits"),
    (TEXT, None, 1.5, None, "asked-decimal"),
    (TEXT, None, 1e-9, None, "asked-decimal"),
    (TEXT, None, Special(0.5, "percent"), None, "asked-percent"),
    (TEXT, None, True, None, "asked-boolean"),
    (TEXT, None, day("2024-06-19"), None, "asked-date"),
    (TEXT, None, Special(0.5, "time"), None, "asked-date"),
    (EDTF, None, day("2024-06-19"), "2024-06-19", "repaired-date"),
    (EDTF, "2024-04", day("2024-05-01", "month"), None, "asked-date"),
    (EDTF, None, day("2024-06-19T12:00", "datetime"), None, "asked-date"),
    (EDTF, "2024-05", day("2024-05-01", "month"), "2024-05", "repaired-misread"),
    (DAYS_ONLY, None, day("2024-06-19"), "2024-06-19", "repaired-date"),
    # Errors and formulas
    (TEXT, "a", Special("#N/A", is_error=True), None, "asked-error"),
    (TEXT, "#N/A", Special("#N/A", is_error=True), "#N/A", ""),
    (NUMBER, "1", Special("#REF!", formula="A0", is_error=True), None, "asked-error"),
    (NUMBER, "1", math.inf, None, "asked-error"),
    (DATE, None, Special(math.nan, "date"), None, "asked-error"),
    (MOMENT, "2024-06-19T18:30:00", math.inf, None, "asked-error"),
    (TEXT, "a", Special(None, formula="B2"), None, "asked-formula"),
    (TEXT, None, Special(None, formula="B2"), None, "asked-formula"),
    (TEXT, "a", Special("b", formula="B2"), "b", "repaired-formula"),
    (TEXT, "a", Special("a", formula="B2"), "a", ""),
    (TEXT, None, Special("", formula="B2"), None, ""),
    (NUMBER, "1", Special(2.0, formula="1+1"), "2", "repaired-formula"),
    (TEXT, None, Special(1.5, formula="3/2"), None, "asked-decimal"),
    # Numbers
    (INTEGER, "1", 42.0, "42", ""),
    (INTEGER, "1", 1.5, "1.5", ""),
    (INTEGER, None, 1e15, None, "asked-digits"),
    (INTEGER, "1", " 2", "2", "repaired-spaces"),
    (LOOSE_INTEGER, "5 cars", 6.0, "6 cars", ""),
    (NUMBER, "1.10", 1.1, "1.10", ""),
    (NUMBER, "1.10", "1.1", "1.10", ""),
    (NUMBER, "1.10", 0.1 + 0.2, "0.3", ""),
    (NUMBER, None, 1e20, "100000000000000000000", ""),
    (NUMBER, None, 1e-7, "0.0000001", ""),
    (NUMBER, None, 1.5e300, "1.5E300", ""),
    (NUMBER, None, "1,5", "1,5", ""),
    (NUMBER, "1.5", day("2026-05-01"), None, "asked-date"),
    (NUMBER, "1", True, "TRUE", ""),
    (NUMBER, "0.4", Special(0.5, "percent"), "0.5", "noted-percent"),
    (GERMAN, "1.234,5", 1234.75, "1234,75", ""),
    (GERMAN, "1.234,5", 1234.5, "1.234,5", ""),
    (MONEY, "50%", Special(0.6, "percent"), "60%", ""),
    (MONEY, "50%", 60.0, "60%", ""),
    (MONEY, None, Special(0.605, "percent"), "60.5%", ""),
    (MONEY, "€ 50", 60.5, "€ 60.5", ""),
    (AMBIGUOUS, None, 1.5, None, "asked-form"),
    # Truths
    (BOOLEAN, "false", True, "true", ""),
    (BOOLEAN, "TRUE", True, "TRUE", ""),
    (BOOLEAN, None, "Vrai", "true", "repaired-boolean"),
    (BOOLEAN, None, "ЛОЖЬ", "false", "repaired-boolean"),
    (BOOLEAN, None, 1.0, "1", ""),
    (BOOLEAN, None, "maybe", "maybe", ""),
    (BOOLEAN, None, day("2024-06-19"), None, "asked-date"),
    (BOOLEAN, "false", Special(1.0, formula="TRUE()"), "true", ""),
    (BOOLEAN, "false", Special(0.0, formula="FALSE()"), "false", ""),
    (JA, "nein", True, "ja", ""),
    (JA, None, "JA", "ja", "repaired-boolean"),
    (JA, "j", "WAHR", "ja", "repaired-boolean"),
    (JA, None, "n", "n", ""),
    # Days and times
    (DATE, "2024-06-18", day("2024-06-19"), "2024-06-19", ""),
    (DATE, "2024-06-18", day("2024-06-19", "datetime"), "2024-06-19", "repaired-date"),
    (DATE, None, day("2024-06-19T12:00", "datetime"), None, "asked-time"),
    (DATE, None, day("2024-06-19T12:00"), "2024-06-19", "repaired-date"),
    (DATE, None, day("2024-06-01", "month"), None, "asked-date"),
    (DATE, None, day("2024-06-02", "month"), "2024-06-02", "repaired-date"),
    (DATE, None, Special(59.0, "date"), None, "asked-date"),
    (DATE, None, Special(1e9, "date"), None, "asked-date"),
    (DATE, None, 2024.0, "2024", ""),
    (DATE, None, "19.06.2024", "19.06.2024", ""),
    (DATE, "2024-06-19", day("2024-06-19"), "2024-06-19", ""),
    (DATE, "2024-06-19", 45462.0, "2024-06-19", ""),
    (SLASHED, None, day("2024-06-19"), "19/06/2024", ""),
    (COMPACT, None, 20240619.0, "20240619", ""),
    (SHORT, None, day("2024-06-19"), "19/06/24", ""),
    (SHORT, None, day("1924-06-19"), None, "asked-form"),
    (ANY_DATE, "June 18, 2024", day("2024-06-19"), "2024-06-19", ""),
    (ANY_DATE, "June 18, 2024", day("2024-06-18"), "June 18, 2024", ""),
    (MOMENT, None, day("2024-06-19T18:30:00", "datetime"), "2024-06-19T18:30:00", ""),
    (MOMENT, None, day("2024-06-19"), "2024-06-19T00:00:00", ""),
    (OWN_MOMENT, None, day("2024-06-19T18:30:00", "datetime"), "19.06.2024 18:30", ""),
    (OWN_MOMENT, None, day("2024-06-19T18:30:05", "datetime"), None, "asked-form"),
    (TIME, None, Special(18.5 / 24, "time"), "18:30:00", "repaired-date"),
    (SHORT_TIME, None, Special(18.5 / 24, "time"), "18:30", "repaired-date"),
    (TIME, None, Special(1.5, "duration"), None, "asked-date"),
    (TIME, None, "18:30", "18:30", ""),
    (YEAR, "2023", 2024.0, "2024", ""),
    (YEAR, None, day("2024-01-01", "month"), "2024", "repaired-date"),
    (YEAR, None, Special(2024.0, "month"), None, "asked-date"),
    (YEAR, None, day("2024-06-19"), None, "asked-date"),
    (MONTH, None, day("2024-05-01", "month"), "2024-05", "repaired-date"),
    (MONTH, None, day("2024-05-01"), "2024-05", "repaired-date"),
    (MONTH, None, day("2024-05-02"), None, "asked-date"),
    (MONTH, "2024-05", "2024–05", "2024-05", "repaired-typography"),
    (DURATION, None, Special(1.0625, "duration"), "PT25H30M", "repaired-date"),
    (DURATION, None, Special(0.0, "time"), "PT0S", "repaired-date"),
    (DURATION, None, Special(-0.5, "duration"), None, "asked-date"),
]


@pytest.mark.parametrize(("translate", "before", "cell", "text", "code"), CASES)
def test_what_a_cell_means_for_the_file(translate, before, cell, text, code):
    found = translate.text(cell, before)
    assert (found.text, found.code) == (before if text is ... else text, code)
    assert found.certain == (not code.startswith("asked-"))


@pytest.mark.parametrize(("translate", "before", "cell", "text", "code"), CASES)
def test_what_was_done_can_be_told(translate, before, cell, text, code):
    found = translate.text(cell, before)
    if code:
        told = catalogue.issue(found.code, level=found.level, **found.facts)
        assert told.level == ("error" if code.startswith("asked-") else "warning")
        assert told.message and told.hint


@pytest.mark.parametrize(("language", "words"), WORDS.items())
def test_the_words_for_truths_are_known_in_any_case(language, words):
    assert [truth(word) for word in words] == [True, False]
    assert [truth(word.lower()) for word in words] == [True, False]


def test_a_number_a_truth_and_their_texts_are_told_apart():
    seen = [NUMBER.seen(value) for value in (1.0, True, "1", "TRUE", None, 0.0, False, "")]
    assert len(set(seen)) == 7
    assert seen[4] is seen[7] is None


@pytest.mark.parametrize(
    ("text", "saved"),
    [
        ("_x0041_", "A"),
        ("_x005F_x0041_", "_x0041_"),
        ("_x005F_x0041_", "A"),
        ("_xA_", "\n"),
        ("_x000D_", "\n"),
    ],
)
def test_a_text_whose_escapes_were_undone_too_often_is_the_same(text, saved):
    assert TEXT.text(saved, text) == Translated(text)


def test_the_codes_stand_in_a_file_that_spreadsheets_made_of_it():
    file = io.StringIO("code,when\n042,2024-05\n1E5,3-4\nTRUE,1/2\n")
    made = [
        (42.0, day("2024-05-01", "month")),
        (100000.0, day("2026-04-03")),
        (True, day("2026-02-01")),
    ]
    rows = list(csv.reader(file))[1:]
    found = [
        [TEXT.text(cell, before).text for cell, before in zip(cells, row, strict=True)]
        for cells, row in zip(made, rows, strict=True)
    ]
    assert found == rows
