"""What is equal to what, in parts on the disk as in memory."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack import spool
from sheetpack.checks import alike
from sheetpack.checks.alike import repeated, unanswered

# Equal without being alike: 1, True and 1.0; also hashes that many numbers share.
PARTS = st.sampled_from([None, "", "a", "1", 1, True, Decimal("1.0"), 0, False, -1, -2, 2**61])
KEYED = st.lists(st.tuples(st.tuples(PARTS, PARTS)), max_size=60).map(
    lambda keys: [(key, number) for number, (key,) in enumerate(keys)]
)


@pytest.fixture(autouse=True)
def _little_room(monkeypatch):
    monkeypatch.setattr(spool, "CHUNK", 4)
    monkeypatch.setattr(alike, "MOST_AT_ONCE", 3)


@given(KEYED)
def test_an_item_is_repeated_where_an_earlier_one_has_its_key(items):
    expected = []
    for at, item in enumerate(items):
        first = next(one for one in items if one[0] == item[0])
        if items.index(first) != at:
            expected.append((item, first))
    assert sorted(repeated(iter(items), len(items)), key=lambda pair: pair[0][1]) == expected


@given(KEYED, KEYED)
def test_an_item_is_unanswered_where_no_known_one_has_its_key(items, known):
    found = unanswered(iter(items), iter(known), len(known))
    keys = [key for key, _ in known]
    expected = [item for item in items if item[0] not in keys]
    assert sorted(found, key=lambda item: item[1]) == expected


def test_one_key_in_all_rows_comes_to_an_end():
    items = [("a", number) for number in range(100)]
    assert [again[1] for again, _ in repeated(items, 100)] == list(range(1, 100))
    assert list(unanswered(items, [("a",)] * 100, 100)) == []
