from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack.releasing import changelog
from sheetpack.releasing.reason import Reason

ADDED = Reason("minor", "Added", "people", "1 row added", ("eve",))
LICENCE = Reason("major", "Changed", "", "the licence of the package: A → B")
TEXT = """# Changelog

Some words.

## [Unreleased]

By hand.

### Added

- A guide.

### Security

- A lock.

## [1.0.0] - 2020-01-01

- First.
"""
WANTED = """# Changelog

Some words.

## [Unreleased]

## [1.1.0] - 2024-06-19

By hand.

### Added

- A guide.
- people: 1 row added: eve.

### Security

- A lock.

### Changed

- The licence of the package: A → B.

## [1.0.0] - 2020-01-01

- First.
"""


def made(text, *reasons):
    return changelog.entry(text, "1.1.0", "2024-06-19", reasons)


def test_what_was_written_by_hand_is_kept_and_what_the_data_says_is_added():
    assert changelog.with_entry(TEXT, made(TEXT, LICENCE, ADDED)) == WANTED


def test_line_ends_stay_as_they_are():
    text = TEXT.replace("\n", "\r\n")
    wanted = WANTED.replace("\n", "\r\n")
    assert changelog.with_entry(text, made(text, LICENCE, ADDED)) == wanted


@pytest.mark.parametrize(
    "heading",
    ["## [Unreleased]", "## Unreleased", "## unreleased  ", "## 0.1.0 (unreleased)",
     "## [1.1.0] - Unreleased"],
)  # fmt: skip
def test_the_place_can_be_called_in_several_ways(heading):
    text = f"# Changelog\n\n{heading}\n\n- New.\n"
    assert changelog.has_place(text)
    assert not changelog.has_entry(text, "1.1.0")
    wanted = "# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2024-06-19\n\n- New.\n"
    assert changelog.with_entry(text, made(text)) == wanted


@pytest.mark.parametrize("text", ["", "# Changelog\n", "## 1.0.0\n", "```\n## [Unreleased]\n```\n"])
def test_without_such_a_heading_there_is_no_place(text):
    assert not changelog.has_place(text)


def test_a_new_changelog_has_a_place():
    assert changelog.has_place(changelog.NEW)


@pytest.mark.parametrize("heading", ["## 1.1.0", "## [1.1.0] - 2024-06-19", "## v1.1.0 (today)"])
def test_an_entry_that_is_there_is_found(heading):
    text = f"## [Unreleased]\n\n{heading}\n"
    assert changelog.has_entry(text, "1.1.0")
    assert not changelog.has_entry(text, "1.1")
    assert not changelog.has_entry(text.replace("1.1.0", "11.1.0"), "1.1.0")
    assert not changelog.has_entry(text.replace("1.1.0", "1.1.01"), "1.1.0")


def test_of_very_many_rows_the_first_are_named_and_the_others_counted():
    many = Reason("minor", "Added", "people", "25 rows added", tuple(f"p{n}" for n in range(25)))
    words = " ".join(changelog.bullet(many).split())
    assert "p19, and 5 rows more (all are in the release's list of changes)." in words
    assert "p20" not in words


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=300))
def test_no_name_of_a_row_can_begin_a_heading_or_an_item(name):
    words = changelog.bullet(Reason("minor", "Added", "t", "1 row added", (name, "- x", name)))
    first, *rest = words.split("\n")
    assert first.startswith("- ")
    assert all(re.match(r"  (?! )(?![-+*] |#|[0-9]+[.)] |>|`)", line) for line in rest)


def test_underlines_within_a_name_stay_as_they_are():
    reason = Reason("minor", "Added", "actor_names", "1 row added", ("*bold*", "_x_"))
    assert changelog.bullet(reason) == r"- actor_names: 1 row added: \*bold\*, \_x\_."
