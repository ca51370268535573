"""The page on the FAIR principles: every one of them is there, every test that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/fair.md").read_text(encoding="utf-8")
PRINCIPLES = [
    "F1",
    "F2",
    "F3",
    "F4",
    "A1",
    "A1.1",
    "A1.2",
    "A2",
    "I1",
    "I2",
    "I3",
    "R1",
    "R1.1",
    "R1.2",
    "R1.3",
]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| [FAIR]\d", line)
]
TESTS = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)


def test_every_principle_has_its_row():
    assert [row[0].split()[0] for row in ROWS] == PRINCIPLES


@pytest.mark.parametrize("row", ROWS, ids=PRINCIPLES)
def test_what_is_met_is_held_by_a_test_or_says_why_not(row):
    _, met, _, held = row
    assert met in ("yes", "in part", "no")
    assert "::test_" in held or held.startswith("none:") or (met, held) == ("no", "none")


@pytest.mark.parametrize(("file", "name"), TESTS)
def test_a_test_that_is_named_exists(file, name):
    assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), flags=re.M)


@pytest.mark.parametrize("link", re.findall(r"\]\((?!http)([^)]+)\)", PAGE))
def test_a_page_that_is_linked_exists(link):
    assert (ROOT / "docs" / link).is_file()
