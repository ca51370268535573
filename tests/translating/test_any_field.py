"""What nobody touched stays as it is, and every cell has an answer, for any text and field."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal

import frictionless
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack import catalogue
from sheetpack.package import Field
from sheetpack.received.model import Special
from sheetpack.translating.answers import Translated
from sheetpack.translating.translator import Translator
from sheetpack.workbook.cells import ILLEGAL, converter
from sheetpack.workbook.rows import serial, unescape
from tests.translating.test_translator import GERMAN, NBSP, NUMBER, TEXT, field

FIELDS = {
    "string": {},
    "string/email": {"format": "email"},
    "string/uri": {"format": "uri"},
    "string/uuid": {"format": "uuid"},
    "string/binary": {"format": "binary"},
    "integer": {},
    "integer/loose": {"bareNumber": False},
    "number": {},
    "number/german": {"decimalChar": ",", "groupChar": "."},
    "number/grouped": {"groupChar": ","},
    "number/loose": {"bareNumber": False},
    "number/float": {"floatNumber": True},
    "boolean": {},
    "boolean/own": {"trueValues": ["ja", "1"], "falseValues": ["nein", "0"]},
    "date": {},
    "date/any": {"format": "any"},
    "date/own": {"format": "%d/%m/%Y"},
    "time": {},
    "time/any": {"format": "any"},
    "datetime": {},
    "datetime/any": {"format": "any"},
    "datetime/own": {"format": "%d.%m.%Y %H:%M:%S"},
    "year": {},
    "yearmonth": {},
    "duration": {},
    "geopoint": {},
    "geopoint/array": {"format": "array"},
    "geojson": {},
    "array": {},
    "object": {},
    "list": {},
    "any": {},
}
EXAMPLES = st.sampled_from(
    [
        *("042", "1.10", "-0", "1e5", "1.234,5", "1,234.5", "$ 5", "50%", "NaN", "-INF", "1E400"),
        *("true", "TRUE", "1", "ja", "n/a", "sNaN", "1_000", "１２", "#N/A", "=1+1"),
        *("2024-06-19", "19/06/2024", "19.06.2024 18:30:59", "June 19 2024", "1561-01-01"),
        *("2024-06-19T18:30:00", "2024-06-19T18:30:00Z", "1900-01-01", "18:30:00"),
        *("2024", "0987", "2024-06", "P1Y", "1, 2", "[1, 2]", '{"a": 1}', "a,b"),
        *("_x0041_", "_x005F_x0041_", "_x000D_", "a\r\nb", "a\rb", " a ", NBSP),
    ]
)
TEXTS = (
    EXAMPLES
    | st.text(min_size=1)
    | st.integers().map(str)
    | st.decimals().map(str)
    | st.floats().map(repr)
    | st.dates().map(str)
    | st.datetimes().map(lambda moment: moment.isoformat())
    | st.datetimes().map(lambda moment: moment.strftime("%d.%m.%Y %H:%M:%S"))
    | st.lists(EXAMPLES, min_size=1, max_size=3).map("".join)
).filter(lambda text: not ILLEGAL.search(text))


def saved(native, program):
    """What reads back of a cell after a program saved the workbook."""
    if isinstance(native, bool):
        formula = f"{native}()".upper()
        return Special(float(native), formula=formula) if program == "LibreOffice" else native
    if isinstance(native, date):
        shown = "datetime" if isinstance(native, datetime) else "date"
        number = float(serial(native))
        if program == "Excel":
            return Special(float(f"{number:.15g}"), shown)
        return number if program == "plain" else Special(number, shown)
    if isinstance(native, int | float | Decimal):
        number = float(native)
        return number + 0.0 if program == "plain" else float(f"{number:.15g}")
    if program == "LibreOffice":  # it forgets that an escape was one
        native = unescape(native).replace("\r\n", "\n").replace("\r", "\n")
    return native


@pytest.mark.parametrize("name", FIELDS)
@given(text=TEXTS, program=st.sampled_from(["plain", "Excel", "LibreOffice"]))
def test_what_nobody_touched_stays_as_it_is(name, text, program):
    kind = name.partition("/")[0]
    source = frictionless.Field.from_descriptor(
        {"name": "f", "type": kind, "missingValues": ["", "n/a"]} | FIELDS[name]
    )
    translate = Translator(Field("f", kind, source.format, blanks=("", "n/a")), source)
    try:
        value, wrong = source.create_cell_reader()(text)
    except Exception:  # such a file is refused when it is read
        return
    cell = saved(converter(kind)(text, None if wrong and "type" in wrong else value), program)
    assert translate.seen(cell) == translate.shown(text)
    assert translate.text(cell, text) == Translated(text)


CELLS = st.one_of(
    st.none(),
    TEXTS,
    st.booleans(),
    st.floats(),
    st.builds(
        Special,
        st.none() | TEXTS | st.floats() | st.floats(-1e6, 1e6) | st.booleans(),
        st.sampled_from(
            ["", "date", "datetime", "month", "time", "duration", "percent"],
        ),
        st.none() | st.just("A1"),
        st.booleans(),
    ),
)


@pytest.mark.parametrize("name", FIELDS)
@given(before=st.none() | TEXTS, cell=CELLS)
def test_every_cell_has_an_answer_that_can_be_told(name, before, cell):
    kind = name.partition("/")[0]
    found = field(kind, choices={"042", "3-4", "Oil", "oil"}, **FIELDS[name]).text(cell, before)
    assert found.text != ""
    assert found.certain or found.text is None
    if found.code:
        catalogue.issue(found.code, level=found.level, **found.facts)


@given(before=st.none() | TEXTS, after=st.text("abc xyz,.-\n0123=", min_size=1))
def test_a_plain_text_that_was_typed_is_taken_letter_by_letter(before, after):
    after = after.strip()
    if before is None or "\r" not in before:
        assert TEXT.text(after, before).text == (after or None)


@given(st.decimals(allow_nan=False, allow_infinity=False), st.sampled_from([NUMBER, GERMAN]))
def test_a_number_that_was_typed_reads_back_as_it_was(number, translate):
    value = float(f"{float(number):.15g}")
    if math.isfinite(value):
        text = translate.text(value, None).text
        assert float(text.replace(",", ".")) == value
