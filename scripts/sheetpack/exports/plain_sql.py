"""The SQL of a view without our functions, for programs that do not have them.

Each call becomes a look-up in a table that the database brings along: `code_label(…)` in
the code lists, `edtf_label(…)` and its like in a list of all dates of the data. What is
looked up and not found there is NULL, so the rows that come out must be compared with those
that the functions gave.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sheetpack import dates
from sheetpack.exports.sqlite_schema import quoted
from sheetpack.package import Package
from sheetpack.table import Table

LABELS, DATES = "_code_labels", "_dates"
# Their columns begin with a line, so that none takes the place of a column that a view names.
LOOK_UPS = {
    "code_label": f"(SELECT _label FROM {LABELS} WHERE _list = {{}} AND _code = {{}})",
    "edtf_label": f"(SELECT _label FROM {DATES} WHERE _date = {{}})",
    "edtf_earliest": f"(SELECT _earliest FROM {DATES} WHERE _date = {{}})",
    "edtf_latest": f"(SELECT _latest FROM {DATES} WHERE _date = {{}})",
}
ENDS = re.compile(r"/|\.\.")
TOKEN = re.compile(
    r"--[^\n]*|/\*.*?(?:\*/|\Z)"  # comments
    r"|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\]"  # texts and quoted names
    r"|\w+|\s+|.",
    re.DOTALL,
)


def plain(sql: str) -> str:
    """The same statement with look-ups in place of calls.

    >>> plain("SELECT edtf_label(day) FROM t")
    'SELECT (SELECT _label FROM _dates WHERE _date = (day)) FROM t'
    """
    return _rewritten(TOKEN.findall(sql))


def tables(package: Package, data: Mapping[str, Table]) -> Iterator[tuple[str, list[tuple]]]:
    """What the look-ups need: statements, each with the rows for its marks.

    Args:
        package: The contract.
        data: Resource name → what was read from it.
    """
    names = package.settings.get("codes")
    if names:
        columns = (f"{quoted(names[part])} AS _{part}" for part in ("list", "code", "label"))
        source = quoted(names["resource"])
        yield f"CREATE VIEW {LABELS} AS SELECT {', '.join(columns)} FROM {source}", [()]
    known = sorted(set(_dates(data.values())))
    if known:
        columns = "_date TEXT PRIMARY KEY NOT NULL, _label TEXT, _earliest TEXT, _latest TEXT"
        yield f"CREATE TABLE {DATES} ({columns})", [()]
        yield f"INSERT INTO {DATES} VALUES (?, ?, ?, ?)", [_date(text) for text in known]


def _dates(data: Iterable[Table]) -> Iterator[str]:
    """Every cell that is a date in EDTF, and the ends of each interval, for SQL that parts them."""
    for table in data:
        for field in table.resource.fields:
            if field.settings.get("edtf"):
                for text in {str(value) for value in table.column(field.name) if value}:
                    yield text
                    yield from (end for end in ENDS.split(text.strip("[]")) if dates.bounds(end))


def _date(text: str) -> tuple[str, str, str | None, str | None]:
    ends = dates.bounds(text) or (None, None)
    earliest, latest = (day.isoformat() if day else None for day in ends)
    return text, dates.label(text), earliest, latest


def _rewritten(tokens: list[str]) -> str:
    written, at = [], 0
    while at < len(tokens):
        look_up = LOOK_UPS.get(tokens[at].lower())
        arguments, end = _arguments(tokens, at + 1) if look_up else ([], at)
        if look_up and all(arguments) and len(arguments) == look_up.count("{}"):
            written.append(look_up.format(*(f"({_rewritten(part)})" for part in arguments)))
            at = end
        else:
            written.append(tokens[at])
            at += 1
    return "".join(written)


def _arguments(tokens: list[str], at: int) -> tuple[list[list[str]], int]:
    """The arguments of the call whose bracket opens at a place, and where the call ends.

    Comments and spaces around an argument are left out: a comment would hide what follows.
    """
    while at < len(tokens) and tokens[at].isspace():
        at += 1
    if tokens[at : at + 1] != ["("]:
        return [], at
    arguments: list[list[str]] = [[]]
    depth = 1
    while depth and at + 1 < len(tokens):
        at += 1
        token = tokens[at]
        depth += (token == "(") - (token == ")")
        if depth == 1 and token == ",":
            arguments.append([])
        elif depth and not token.startswith(("--", "/*")):
            arguments[-1].append(token)
    return ([_stripped(part) for part in arguments] if not depth else []), at + 1


def _stripped(tokens: list[str]) -> list[str]:
    return TOKEN.findall("".join(tokens).strip())
