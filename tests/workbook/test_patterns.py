"""Patterns that a formula can say; what the formulas find is in test_marks_calculated."""

from __future__ import annotations

import pytest

from sheetpack.workbook.formulas import LETTERS_LOOKED_AT
from sheetpack.workbook.patterns import broken


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("^[A-Z]{3}$", ["LEN({cell})<3", "LEN({cell})>3", '"ABCDEFGHIJKLMNOPQRSTUVWXYZ"']),
        ("[0-9]+", ['"0123456789"']),
        ("[0-9a-f]{2,64}", ['"0123456789abcdef"', "<2", ">64"]),
        ("[a-c_.-]*", ['"abc_.-"']),
        ("[ab]", ["LEN({cell})>1"]),
        ("^[a-c]+(-[a-c]+)*$", ['"abc-"', 'LEFT({cell})="-"', 'FIND("--",{cell})']),
        (r"[0-1]+(?:\.[0-1]+)*", ['"01."', 'FIND("..",{cell})']),
    ],
)
def test_letters_and_joined_words_become_formulas(pattern, parts):
    formula = broken(pattern)
    assert all(part in formula for part in parts)


@pytest.mark.parametrize(
    "pattern",
    [
        "[^a]+",  # all letters but one
        r"\d{4}",  # digits of every script
        "(ab)+",
        "[a-c]+|x",
        "[a-c]+(.[a-c]+)*",  # joined by anything
        "[a-c-]+(-[a-c-]+)*",
        "[a-c]+(-[d-f]+)*",
        "[a-z-9]+",
        "[Z-a]",
        "[a-c]+?",
    ],
)
def test_any_other_pattern_becomes_none(pattern):
    assert broken(pattern) is None


def test_letters_that_a_template_means_otherwise_stay_the_same():
    assert '"{}""' in broken('[{}"]+').format(cell="A2")


def test_nothing_but_the_cell_is_open_in_a_formula():
    assert str(LETTERS_LOOKED_AT) in broken("[a-z]+").format(cell="A2")
