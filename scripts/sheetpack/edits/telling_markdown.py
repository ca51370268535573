"""Changes in Markdown, for a comment on a pull request."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from sheetpack import catalogue
from sheetpack.edits.counts import by_resource, count, in_words, plural, summary
from sheetpack.edits.model import CellChange, Changes, RowChange
from sheetpack.edits.wording import BLANK, changed_words, column_words, inert, place
from sheetpack.report import in_markdown

MOST_CHARACTERS = 65_536  # that GitHub takes in one comment
ROOM_FOR_ENDS = 200  # for the end of a list, and the words about what is left out
LONGEST_CELL = 1_000
MOST_CELLS = 12_000  # characters of the cells of one row
LONGEST_NAME = 200
WHAT = {"added": "Added", "removed": "Removed", "changed": "Changed", "renamed": "Renamed"}
# What GitHub would make a mention, a reference or a formula of, even behind a backslash.
SPLIT = {"@": "@<!-- -->", "\\#": "\\#<!-- -->", "$": "<span>$</span>"}


def markdown(changes: Changes, most: int = MOST_CHARACTERS) -> str:
    """A table of all resources that differ, then the rows of each, folded away.

    Args:
        most: How many characters it may have. Where more rows differ than there is room
            for, it says of each resource how many of them are not shown.
    """
    end = summary(changes)
    if not changes:
        return end
    rows = by_resource(changes)
    room = most - len(end) - ROOM_FOR_ENDS
    parts = [_overview(changes, rows, room // 2)]
    room -= len(parts[0])
    left_out = 0
    for name, found in rows.items():
        head = f"<details>\n<summary>{_in_html(name)}: {in_words(count(found))}</summary>\n\n"
        head += "| Change | Row and key | Cells |\n|---|---|---|\n"
        foot = "\n</details>"
        lines, used = [], len(head) + len(foot) + ROOM_FOR_ENDS
        for line in map(_line, found):
            if used + len(line) + 1 > room:
                break
            lines.append(line)
            used += len(line) + 1
        missing = len(found) - len(lines)
        left_out += missing
        if lines:
            more = f"\n\n{_not_shown(missing)}" if missing else ""
            table = "\n".join(lines)
            parts.append(f"{head}{table}{more}{foot}")
            room -= used
    if left_out:
        parts.append(f"**{_not_shown(left_out)}** To see them, run the comparison yourself.")
    return "\n\n".join([*parts, end])


def _overview(changes: Changes, rows: dict[str, Sequence[RowChange]], room: int) -> str:
    head = "| Sheet | Added | Removed | Changed | Renamed | Besides |\n|---|--:|--:|--:|--:|---|"
    lines, used = [head], len(head)
    found = list(_overview_lines(changes, rows))
    for line in found:
        used += len(line) + 1
        if used > room:
            break
        lines.append(line)
    missing = len(found) + 1 - len(lines)
    words = f"\n\n{plural(missing, 'sheet')} not listed here for lack of room." if missing else ""
    return "\n".join(lines) + words


def _overview_lines(changes: Changes, rows: dict[str, Sequence[RowChange]]) -> Iterator[str]:
    whole = dict.fromkeys(changes.added, "sheet added")
    whole |= dict.fromkeys(changes.removed, "sheet removed")
    for name in dict.fromkeys([*whole, *changes.fields_added, *changes.fields_removed, *rows]):
        counts = count(rows.get(name, ()))
        numbers = (counts.added, counts.removed, counts.changed, counts.renamed)
        cells = [f"{number:,}" if number else "" for number in numbers]
        added, removed = changes.fields_added.get(name, ()), changes.fields_removed.get(name, ())
        news = whole.get(name) or "; ".join(column_words(added, removed))
        yield f"| {' | '.join([_name(name), *cells, _plain(news, LONGEST_CELL)])} |"


def _line(row: RowChange) -> str:
    """One row, its cells below each other; what is too long ends in an ellipsis."""
    cells, used = [], 0
    for at, cell in enumerate(row.cells):
        words = _cell(row, cell)
        used += len(words)
        if used > MOST_CELLS:
            cells.append(f"… and {plural(len(row.cells) - at, 'cell')} more")
            break
        cells.append(words)
    return f"| {WHAT[row.kind]} | {_plain(place(row), LONGEST_CELL)} | {'<br>'.join(cells)} |"


def _cell(row: RowChange, cell: CellChange) -> str:
    name = f"**{_name(cell.field)}:**"
    if row.kind == "added":
        return f"{name} {_value(inert(cell.new))}"
    if row.kind == "removed":
        return f"{name} {_value(inert(cell.old))}"
    old, new = changed_words(cell)
    return f"{name} {_value(old)} → {_value(new)}"


def _value(words: str) -> str:
    return f"*{BLANK}*" if words == BLANK else _plain(words, LONGEST_CELL)


def _name(words: str) -> str:
    return _plain(inert(words), LONGEST_NAME)


def _in_html(words: str) -> str:
    """Within an element of HTML, Markdown's own signs are none."""
    return _split(html.escape(catalogue.shown(inert(words), LONGEST_NAME)))


def _plain(words: str, longest: int) -> str:
    """Words that GitHub shows as they are; too many are cut, with their number said."""
    return _split(in_markdown(catalogue.shown(words, longest)))


def _split(words: str) -> str:
    for sign, split in SPLIT.items():
        words = words.replace(sign, split)
    return words


def _not_shown(number: int) -> str:
    verb = "is" if number == 1 else "are"
    return f"{plural(number, 'row')} {verb} not shown here for lack of room."
