"""The texts: which there are, in which file of a folder each lies, their paragraphs."""

from __future__ import annotations

import errno
import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sheetpack import catalogue
from sheetpack.issue import Issue
from sheetpack.table import Row, Table
from sheetpack.verify.plan import Texts

MOST_BYTES = 30_000_000
NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Section:
    """A row of the resource of texts: a text, or a section of one.

    Attributes:
        text: Key of the text that it is, or is a section of; "" where that is not known.
        sha256: Fingerprint of that text.
        first, last: Its paragraphs; None where it is not said.
    """

    key: str
    label: str
    text: str
    sha256: str
    first: int | None
    last: int | None
    row: Row = field(compare=False, repr=False)

    def holds(self, paragraph: int) -> bool:
        """Does the paragraph of that number belong to it?"""
        return (self.first or 1) <= paragraph and (self.last is None or paragraph <= self.last)


@dataclass(frozen=True)
class Shelf:
    """All sections, and the texts that were found.

    Attributes:
        sections: Key → section.
        texts: Key of a text → its paragraphs, in Unicode's composed form (NFC).
    """

    sections: Mapping[str, Section]
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def paragraph(self, text: str, number: int) -> str | None:
        """That paragraph, counted from 1; None where the text is missing or too short."""
        paragraphs = self.texts.get(text, ())
        return paragraphs[number - 1] if 1 <= number <= len(paragraphs) else None

    def has(self, section: Section, paragraph: int) -> bool:
        """Is it a paragraph of the section? Of a missing text we know only its range."""
        missing = section.text not in self.texts
        exists = missing or self.paragraph(section.text, paragraph) is not None
        return exists and section.holds(paragraph)

    def section_of(self, text: str, number: int) -> Section:
        """The shortest section of the text that holds the paragraph."""
        holding = [each for each in self.sections.values() if each.text == text]
        holding = [each for each in holding if each.holds(number)] or [self.sections[text]]
        return min(holding, key=lambda each: (each.last or MOST_BYTES) - (each.first or 1))

    def name(self, text: str, number: int) -> str:
        """How people call the paragraph: "Town ¶15"."""
        return f"{self.section_of(text, number).label} ¶{number}"


def sections(names: Texts, table: Table) -> dict[str, Section]:
    """The texts and sections that the table lists, by their keys."""
    rows = {table.key_text(row): row for row in table.rows}

    def cell(row: Row, name: str) -> Any:
        return row.values[table.resource.positions[name]] if name else None

    def whole(key: str) -> str:
        """Key of the text that a section belongs to; sections may have sections."""
        seen: set[str] = set()
        while key in rows and key not in seen:
            if cell(rows[key], names.sha256):
                return key
            seen.add(key)
            key = str(cell(rows[key], names.whole) or "")
        return ""

    found = {}
    for key, row in rows.items():
        text = whole(key)
        found[key] = Section(
            key=key,
            label=str(cell(row, table.resource.label_field) or key),
            text=text,
            sha256=str(cell(rows[text], names.sha256)).lower() if text else "",
            first=number(cell(row, names.first)),
            last=number(cell(row, names.last)),
            row=row,
        )
    return found


def number(value: Any) -> int | None:
    """A cell as the number of a paragraph, whatever kind its column is of; None if it is none."""
    text = str(value)
    return int(text) if NUMBER.fullmatch(text) else None


def find(
    table: Table,
    sections: Mapping[str, Section],
    folder: Path,
    samples: Mapping[str, Sequence[str]],
) -> tuple[Shelf, list[Issue]]:
    """Look for the texts in a folder, by their fingerprints; what files are called says nothing.

    Args:
        table: The resource of texts, for the place of an issue.
        sections: Its rows.
        folder: Where the files lie; folders inside it are not searched.
        samples: Key of a text → words from it, by which a changed file is known.

    Returns:
        The texts that were found, and an issue for each that is missing or has changed.
    """
    wanted = {section.sha256 for section in sections.values() if section.text}
    issues: list[Issue] = []
    right: dict[str, tuple[str, bytes]] = {}
    others: dict[str, Path] = {}
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        try:
            data = content(path)
        except OSError as error:
            issues.append(unread(path.as_posix(), error))
            continue
        fingerprint = hashlib.sha256(data).hexdigest()
        if fingerprint in wanted:
            right[fingerprint] = path.name, data
        else:
            others[fingerprint] = path
    texts: dict[str, tuple[str, ...]] = {}
    for key, section in sections.items():
        if not section.text:
            issues.append(table.issue("text-unknown", section.row, label=section.label))
        elif section.text == key and section.sha256 not in right:
            changed = _alike(others, samples.get(key, ()))
            issues.append(_missing(table, section, folder, changed))
        elif section.text == key:
            name, data = right[section.sha256]
            try:
                texts[key] = paragraphs(data)
            except UnicodeDecodeError as error:
                facts = {"name": name, "byte": error.start + 1, "label": section.label}
                issues.append(table.issue("text-encoding", section.row, **facts))
    return Shelf(sections, texts), issues


def paragraphs(data: bytes) -> tuple[str, ...]:
    """The lines of a text file, composed (NFC). Raises `UnicodeDecodeError`."""
    text = unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    return tuple(line.removesuffix("\r") for line in text.removesuffix("\n").split("\n"))


def content(path: Path) -> bytes:
    """The bytes of a file. Raises `OSError`, also where it is larger than what we look at."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise OSError(errno.EFBIG, f"it is larger than {MOST_BYTES // 1_000_000} MB")
    return data


def unread(file: str, error: Exception) -> Issue:
    """A note that a file was not looked at."""
    reason = getattr(error, "strerror", None) or error
    return catalogue.issue("file-unread", file=file, level="warning", reason=reason)


def _alike(files: Mapping[str, Path], samples: Sequence[str]) -> tuple[str, str]:
    """Name and fingerprint of the file with most of the samples, "" if it has less than half."""
    best = max(1, len(samples)) / 2, "", ""
    for fingerprint, path in files.items():
        try:
            text = content(path).decode("utf-8", errors="replace")
        except OSError:  # it went away
            continue
        text = unicodedata.normalize("NFC", text)
        best = max(best, (sum(sample in text for sample in samples), path.name, fingerprint))
    return best[1:]


def _missing(table: Table, section: Section, folder: Path, changed: tuple[str, str]) -> Issue:
    """Say that a text is not there; where a file looks like it, that it was changed."""
    facts = {"label": section.label, "folder": folder, "wanted": section.sha256}
    name, found = changed
    if name:
        return table.issue("text-changed", section.row, name=name, found=found, **facts)
    return table.issue("text-missing", section.row, **facts)
