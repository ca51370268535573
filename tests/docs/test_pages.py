"""All pages for people: what they link to is there, and their pictures can be heard too."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

PAGES = sorted((ROOT / "docs").rglob("*.md"))
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:)([^)#\s]+)")
LARGEST_PICTURE = 200_000
SIGNATURE = b"\x89PNG\r\n\x1a\n"
NOT_FOR_EDITORS = (
    "command|descriptor|resource|datapackage|csv|json|git|field|string|null|foreign key|"
    "primary key|schema|parse|terminal|constraint"
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_everything_that_a_page_links_to_exists(page: Path) -> None:
    links = [target for _, _, target in LINK.findall(page.read_text("utf-8"))]
    assert [target for target in links if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_picture_is_small_and_has_words_for_those_who_cannot_see_it(page: Path) -> None:
    for is_picture, words, target in LINK.findall(page.read_text("utf-8")):
        if is_picture:
            data = (page.parent / target).read_bytes()
            width, height = struct.unpack(">II", data[16:24])
            assert data.startswith(SIGNATURE) and width <= 1400 and height <= 900, target
            assert len(data) < LARGEST_PICTURE, target
            assert len(words) > 20, target


def test_the_page_for_those_who_edit_uses_no_programmers_words() -> None:
    page = (ROOT / "docs/edit-the-workbook.md").read_text("utf-8")
    jargon = re.compile(rf"\b({NOT_FOR_EDITORS})s?\b", re.IGNORECASE)
    assert jargon.findall(page) == []


def test_the_page_for_those_who_edit_is_one_page_with_pictures() -> None:
    page = (ROOT / "docs/edit-the-workbook.md").read_text("utf-8")
    assert len(page.split()) < 700
    assert page.count("](images/") >= 2


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_readme_leads_to_every_page(page: Path) -> None:
    assert f"({page.relative_to(ROOT).as_posix()})" in (ROOT / "README.md").read_text("utf-8")
