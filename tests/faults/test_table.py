"""The page of faults names tests that exist, and counts nothing that was lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.faults.table import FAULTS, FIGURES, INJECTIONS, PAGE, tables

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("named", [row[2] for row in FAULTS + INJECTIONS])
def test_a_row_of_the_page_names_a_test_that_exists(named):
    file, name = named.split("::")
    assert re.search(rf"^def {name}\(", (TESTS / file).read_text("utf-8"), re.MULTILINE)


def test_the_page_is_the_one_that_its_command_writes():
    page = PAGE.read_text("utf-8")
    assert page.startswith(tables())


def test_the_figures_of_the_page_count_nothing_lost():
    _, figures = PAGE.read_text("utf-8").split(FIGURES)
    rows = [line.strip("| ").split(" | ") for line in figures.splitlines()[4:] if line]
    assert len(rows) == 10
    for _, _, tried, _, old, new, mixed in rows:
        assert (int(mixed), int(old) + int(new)) == (0, int(tried))
