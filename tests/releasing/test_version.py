from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack.releasing.version import RANKS, Version, highest, of_tag, parse, raised

NUMBERS = st.integers(0, 999_999_999)
VERSIONS = st.builds(Version, NUMBERS, NUMBERS, NUMBERS)


@given(VERSIONS)
def test_a_version_is_read_as_it_is_written(version):
    assert parse(str(version)) == version == of_tag(version.tag)


@pytest.mark.parametrize(
    "text",
    ["", "1", "1.2", "1.2.3.4", "v1.2.3", "1.2.3-rc.1", "01.2.3", "1.2.x", "²1.2.3", 1.2, None],
)
def test_what_is_not_three_numbers_is_no_version(text):
    assert parse(text) is None


@given(VERSIONS, st.sampled_from(RANKS))
def test_the_next_version_is_always_higher(version, rank):
    assert raised(version, rank) > version


@pytest.mark.parametrize(
    ("version", "rank", "wanted"),
    [
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("0.2.3", "major", "0.3.0"),
        ("0.2.3", "minor", "0.3.0"),
        ("0.2.3", "patch", "0.2.4"),
    ],
)
def test_the_rank_says_which_number_is_raised(version, rank, wanted):
    assert str(raised(parse(version), rank)) == wanted


def test_the_highest_rank_counts():
    assert highest(["patch", "major", "minor"]) == "major"
    assert highest([]) == "patch"
