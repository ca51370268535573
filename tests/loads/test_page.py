"""Every grey box of the two pages is run by some test, and every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.loads.page import DOCS, boxes

PAGES = ("load-it.md", "beyond-a-workbook.md")
CALL = re.compile(r'box\((?:PAGE|"[\w.-]+"), "([^"]+)", "(\w+)"(?:, (\d))?\)')


@pytest.mark.parametrize("page", PAGES)
def test_every_box_of_the_page_is_run(page):
    tests = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")]
    used = {
        (section, language, int(number or 1))
        for text in tests
        if f'"{page}"' in text
        for section, language, number in CALL.findall(text)
    }
    counted: dict[tuple[str, str], int] = {}
    for each in boxes(page):
        key = (each.section, each.language)
        counted[key] = counted.get(key, 0) + 1
        assert (*key, counted[key]) in used


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_the_page_leads_somewhere(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)(?:#([^)]+))?\)", text)
    assert links
    for path, heading in links:
        assert (DOCS / path).exists()
        assert not heading or heading in headings(path)


def headings(page):
    """The headings of a page, as links name them."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    found = [line.lstrip("#").strip().lower() for line in lines if line.startswith("#")]
    return ["-".join(re.sub(r"[^\w -]", "", title).split()) for title in found]
