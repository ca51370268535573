"""Rows that stand where they stood are found at once: just as they are found by looking."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetpack import descriptor
from sheetpack.received.befores import Befores
from sheetpack.received.model import Special
from sheetpack.translating.translator import Translator
from tests.samples import resource, write_package

CELLS = st.sampled_from([None, "a", "b", "1", "1.0", "NaN", "true", "_x0041_", "a\r\nb", "2024-05"])
VALUES = CELLS | st.sampled_from([1.0, 2.0, True, "", "A", "a\nb", Special(1.0), Special(None)])
TYPES = ("string", "number", "boolean")


def translators(folder):
    fields = [{"name": kind, "type": kind} for kind in TYPES]
    path = write_package(folder, [resource("t", fields)], {"t.csv": ",".join(TYPES) + "\n"})
    (one,) = descriptor.load(path).resources
    return [Translator(each, one.source.schema.get_field(each.name)) for each in one.fields]


@settings(max_examples=300, deadline=None, suppress_health_check=[*HealthCheck])
@given(
    base=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5),
    key=st.sampled_from([[], [0], [1], [0, 2]]),
    data=st.data(),
)
def test_what_stands_as_before_is_what_is_found_by_looking(tmp_path, base, key, data):
    known = translators(tmp_path)
    lines = data.draw(st.just(base) | st.permutations(base) | st.just(base[1:]))
    cells = [[data.draw(st.just(cell) | VALUES) for cell in line] for line in lines]
    if data.draw(st.booleans()):
        cells = [list(line) for line in lines]
    rows = [
        (number, {at: value for at, value in enumerate(line, start=1) if value is not None})
        for number, line in enumerate(cells, start=2)
    ]
    found = Befores(known, [1, 2, 3], key, base).of(rows)
    with patch.object(Befores, "_stand_as_before", return_value=False):
        assert Befores(known, [1, 2, 3], key, base).of(rows) == found


@given(value=VALUES, text=CELLS)
@settings(deadline=None, suppress_health_check=[*HealthCheck])
def test_a_cell_shows_a_text_where_both_look_the_same(tmp_path, value, text):
    for one in translators(tmp_path):
        assert one.shows(value, text) is (one.seen(value) == one.shown(text))
