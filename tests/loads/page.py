"""The grey boxes of a page, by the heading they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
HEADING = re.compile(r"^## (?P<title>.+)$")
FENCE = re.compile(r"^```(?P<language>\w*)$")


@dataclass(frozen=True)
class Box:
    """One grey box: what it stands under, in which language it is, and its text."""

    section: str
    language: str
    text: str


def boxes(page: str) -> list[Box]:
    """All of a page of docs/, in order."""
    return list(_boxes((DOCS / page).read_text(encoding="utf-8").splitlines()))


def box(page: str, section: str, language: str, number: int = 1) -> str:
    """The text of one box; `number` counts those of one section and language from 1."""
    found = [
        each.text for each in boxes(page) if (each.section, each.language) == (section, language)
    ]
    return found[number - 1]


def _boxes(lines: list[str]) -> Iterator[Box]:
    section, language, inside = "", None, []
    for line in lines:
        fence = FENCE.match(line)
        if language is not None and line == "```":
            yield Box(section, language, "\n".join(inside) + "\n")
            language, inside = None, []
        elif language is not None:
            inside.append(line)
        elif fence:
            language = fence["language"]
        elif heading := HEADING.match(line):
            section = heading["title"]
