"""Issues in words: for a person, for a program, for a pull request."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sheetpack.catalogue import LONGEST_REASON, shown
from sheetpack.issue import Issue

LineOf = Callable[[Issue], tuple[str, int]]

MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>|#~&!])")
GITHUB_TEXT = {"%": "%25", "\r": "%0D", "\n": "%0A"}
GITHUB_PROPERTY = GITHUB_TEXT | {":": "%3A", ",": "%2C"}


@dataclass(frozen=True)
class Checked:
    """What was looked at. No table at all means that the input could not be worked on."""

    tables: int = 0
    rows: int = 0


def text(issues: Iterable[Issue], checked: Checked) -> str:
    """A letter: grouped by file, each problem with its place and what to do about it."""
    issues = list(issues)
    return "\n\n".join([*_letter(issues), summary(issues, checked)])


def notes(issues: Iterable[Issue]) -> str:
    """The same without the line that sums up, where reading was all that was done."""
    return "\n\n".join(_letter(issues))


def _letter(issues: Iterable[Issue]) -> list[str]:
    parts = []
    for heading, found in groupby(issues, _heading):
        lines = [heading] if heading else []
        for issue in found:
            indent = "  " if heading else ""
            lines.append(f"{indent}{_note(issue)}{_place(issue)}{issue.message}")
            if issue.hint:
                lines.append(f"{indent}  → {issue.hint}")
        parts.append("\n".join(lines))
    return parts


def as_json(issues: Iterable[Issue], checked: Checked, **more: Any) -> str:
    """All that is known, for a program; `more` is what a command has to say besides issues."""
    issues = list(issues)
    errors = sum(issue.level == "error" for issue in issues)
    return json.dumps(
        {
            "valid": not errors,
            "tables": checked.tables,
            "rows": checked.rows,
            "errors": errors,
            "warnings": len(issues) - errors,
            "issues": [issue.to_dict() for issue in issues],
        }
        | more,
        ensure_ascii=False,
        indent=2,
    )


def markdown(issues: Iterable[Issue], checked: Checked) -> str:
    """A table for each file, for a comment or a page."""
    issues = list(issues)
    parts = []
    for heading, found in groupby(issues, _heading):
        lines = [f"### {in_markdown(heading)}", ""] if heading else []
        lines += ["| Row | Column | Cell | What is wrong | What to do |", "|---|---|---|---|---|"]
        for issue in found:
            column = in_markdown(shown(issue.header or issue.field))
            words = (column, issue.cell, _note(issue) + in_markdown(issue.message))
            cells = (str(issue.row or ""), *words, in_markdown(issue.hint))
            lines.append(f"| {' | '.join(cells)} |")
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, summary(issues, checked)])


def github(issues: Iterable[Issue], checked: Checked, line_of: LineOf) -> str:
    """Workflow commands, which GitHub shows beside the changed lines.

    Args:
        line_of: The path from the top of the repository and the line of an issue; 0 where
            it concerns no line.
    """
    issues = list(issues)
    lines = []
    for issue in issues:
        path, line = line_of(issue)
        path, file = shown(path, LONGEST_REASON), shown(issue.file, LONGEST_REASON)
        place = [f"file={_escaped(path, GITHUB_PROPERTY)}"] if path else []
        place += [f"line={line}"] if line else []
        title = _escaped(_place(issue).removesuffix(": ") or file, GITHUB_PROPERTY)
        place += [f"title={title}"] if title else []
        words = _escaped(f"{issue.message} {issue.hint}".strip(), GITHUB_TEXT)
        lines.append(f"::{issue.level} {','.join(place)}::{words}")
    return "\n".join([*lines, summary(issues, checked)])


def summary(issues: Iterable[Issue], checked: Checked) -> str:
    """One line: what was checked, and how much was found."""
    levels = [issue.level for issue in issues]
    errors, notes = levels.count("error"), levels.count("warning")
    found = _count(errors, "problem") if errors else "no problem"
    found += f", {_count(notes, 'note')}" if notes else ""
    if not checked.tables:
        return f"Nothing was done: {found}."
    return f"Checked {_count(checked.tables, 'table')} with {_count(checked.rows, 'row')}: {found}."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _heading(issue: Issue) -> str:
    """The file, and the sheet of a workbook; the table where its data lies in the descriptor;
    nothing for the package.
    """
    file = shown(issue.file, LONGEST_REASON)
    if issue.sheet:
        return ", ".join(filter(None, [file, f"sheet “{shown(issue.sheet)}”"]))
    return file or (f"table “{shown(issue.resource)}”" if issue.resource else "")


def _note(issue: Issue) -> str:
    """Marks what does not make a package invalid."""
    return "note: " if issue.level == "warning" else ""


def _place(issue: Issue) -> str:
    """Row, column and cell, as far as they are known, ending with a colon."""
    parts = [f"row {issue.row}"] if issue.row else []
    if issue.field and not issue.file.endswith((".json", ".yaml", ".yml")):
        parts.append(f"“{shown(issue.header or issue.field)}”")
    place = ", ".join(parts)
    cell = f" (cell {issue.cell})" if issue.cell else ""
    return f"{place}{cell}: " if place else ""


def in_markdown(words: str) -> str:
    """Words that Markdown shows as they are."""
    return MARKDOWN_SIGNS.sub(r"\\\1", words)


def _escaped(words: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in words)
