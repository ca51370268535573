"""CHANGELOG.md in the form of https://keepachangelog.com: the place of an entry, and the entry.

What somebody wrote by hand under the heading "Unreleased" becomes part of the entry, word for
word; what the data says is added to it, under the headings of the same names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from textwrap import wrap

from sheetpack.edits.counts import plural
from sheetpack.releasing.reason import SECTIONS, Reason
from sheetpack.report import in_markdown

NAME = "CHANGELOG.md"
NEW = """# Changelog

What changed from release to release, in the form of https://keepachangelog.com.

## [Unreleased]
"""
UNRELEASED = "## [Unreleased]"
WIDTH = 100
MOST_RECORDS = 20
LONGEST_RECORD = 80
LISTED_ELSEWHERE = "all are in the release's list of changes"

_HEADING = re.compile("^## .*$", re.MULTILINE)
_SECTION = re.compile("^### +(.*?) *$", re.MULTILINE)
# "Unreleased" by itself, or behind the number that the next version is thought to get.
_PLACE = re.compile(
    r"## +(?:\[?unreleased\]?|\[?v?[0-9.]+\]?[ -]*[(\[]?unreleased[)\]]?) *", re.IGNORECASE
)
_LIKE_AN_ITEM = re.compile(r"^(  [0-9]*)([-+.)])(?= |$)")
_WITHIN_WORD = re.compile(r"(?<=[A-Za-z0-9])\\_(?=[A-Za-z0-9])")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


def has_place(text: str) -> bool:
    """Is there a heading for what is not released yet?"""
    return _place(text) is not None


def has_entry(text: str, version: str) -> bool:
    """Is there an entry for this version already?"""
    named = re.compile(rf"## +\[?v?{re.escape(version)}\]?(?![0-9.\-])")
    return any(
        named.match(heading[0]) and not _PLACE.fullmatch(heading[0]) for heading in _headings(text)
    )


def entry(text: str, version: str, day: str, reasons: Iterable[Reason]) -> str:
    """The entry of a release, with what stands under "Unreleased" now."""
    start, end = _body(text)
    intro, sections = _split(text[start:end])
    for name in SECTIONS:
        lines = [bullet(reason) for reason in reasons if reason.section == name]
        if lines:
            there = [sections[name]] if sections.get(name) else []
            sections[name] = "\n".join([*there, *lines])
    parts = [f"## [{version}] - {day}", intro]
    parts += [f"### {name}\n\n{body}" if body else f"### {name}" for name, body in sections.items()]
    return "\n\n".join(filter(None, parts)) + "\n"


def with_entry(text: str, made: str) -> str:
    """The changelog with the entry in its place, and an empty place above it."""
    heading = _place(text)
    assert heading is not None, "asked for before"
    ends = "\r\n" if "\r\n" in text else "\n"
    rest = text[_body(text)[1] :]
    added = f"{UNRELEASED}\n\n{made}" + ("\n" if rest else "")
    return text[: heading.start()] + added.replace("\n", ends) + rest


def bullet(reason: Reason, most: int = MOST_RECORDS) -> str:
    """A reason as an item of a list; of very many rows only the first are named."""
    text = reason.text if reason.sheet else reason.text[:1].upper() + reason.text[1:]
    where = f"{_plain(reason.sheet)}: " if reason.sheet else ""
    named = [_plain(_short(record)) for record in reason.records[:most]]
    missing = len(reason.records) - len(named)
    records = f": {', '.join(named)}" if named else ""
    more = f", and {plural(missing, 'row')} more ({LISTED_ELSEWHERE})" if missing else ""
    return "\n".join(_wrapped(f"{where}{_plain(text)}{records}{more}."))


def _wrapped(words: str) -> Sequence[str]:
    lines = wrap(
        words,
        WIDTH,
        initial_indent="- ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    # A later line that begins so would be an item of a list of its own.
    return [_LIKE_AN_ITEM.sub(r"\1\\\2", line) for line in lines]


def _plain(words: str) -> str:
    """Words as they are to be read; an underline within a word means nothing in Markdown."""
    return _WITHIN_WORD.sub("_", in_markdown(words))


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_RECORD else f"{words[: LONGEST_RECORD - 1]}…"


def _headings(text: str) -> list[re.Match[str]]:
    """All headings of entries; those in an example between fences are none."""
    fences = [fence.span() for fence in _FENCE.finditer(text)]
    return [
        heading
        for heading in _HEADING.finditer(text)
        if not any(start < heading.start() < end for start, end in fences)
    ]


def _place(text: str) -> re.Match[str] | None:
    found = (each for each in _headings(text) if _PLACE.fullmatch(each[0].rstrip()))
    return next(found, None)


def _body(text: str) -> tuple[int, int]:
    """Where what stands under the heading begins and ends."""
    heading = _place(text)
    assert heading is not None, "asked for before"
    later = (each.start() for each in _headings(text) if each.start() > heading.start())
    return heading.end(), next(later, len(text))


def _split(body: str) -> tuple[str, dict[str, str]]:
    """What stands before the first heading of a section, and what stands under each of them."""
    body = body.replace("\r\n", "\n")
    intro, *rest = _SECTION.split(body)
    sections: dict[str, str] = {}
    for name, part in zip(rest[::2], rest[1::2], strict=True):
        sections[name] = "\n".join(filter(None, [sections.get(name, ""), part.strip("\n")]))
    return intro.strip("\n"), sections
