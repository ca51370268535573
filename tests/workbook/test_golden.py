"""A workbook changes only where a change is meant."""

from __future__ import annotations

import pytest

from tests.workbook import golden

RENEW = "If the change is meant: PYTHONPATH=scripts python -m tests.workbook.golden"


@pytest.mark.parametrize("case", golden.CASES)
def test_every_part_of_a_workbook_is_as_it_was_kept(case):
    built, kept = golden.built(case), golden.kept(case)
    assert sorted(built) == sorted(kept), RENEW
    for name, text in built.items():
        assert golden.split(text).splitlines() == golden.split(kept[name]).splitlines(), RENEW


@pytest.mark.parametrize("case", golden.CASES)
def test_no_part_loses_anything_by_being_kept_line_by_line(case):
    for text in golden.built(case).values():
        assert golden.joined(golden.split(text)) == text
