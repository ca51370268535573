"""Patterns of texts as formulas, where a formula can say the same.

A spreadsheet knows no regular expressions. The two kinds understood here are the usual ones
for keys and codes: some letters, so many of them, as in "[A-Z]{3}", and words of such letters
that are joined by one character, as in "[a-z0-9]+(-[a-z0-9]+)*".
"""

from __future__ import annotations

import re

from sheetpack.workbook.formulas import other_letters, text

SET = r"\[(?P<set>[^\]\[\\^]+)\]"
LETTERS = re.compile(rf"{SET}(?:(?P<sign>[+*])|\{{(?P<least>\d+)(?P<to>,(?P<most>\d*))?\}})?")
WORDS = re.compile(rf"{SET}\+\((?:\?:)?(?P<joint>\\?[-_./ :])\[(?P=set)\]\+\)\*")
RANGE = re.compile(r"([a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9])|(.)", re.DOTALL)


def broken(pattern: str) -> str | None:
    """A formula that is TRUE for a text which does not follow the pattern.

    Of a very long text only the beginning is looked at.

    Returns:
        The formula, with {cell} for the cell; None where no formula surely says the same.
    """
    pattern = pattern.removeprefix("^").removesuffix("$")
    if found := LETTERS.fullmatch(pattern):
        letters = _letters(found["set"])
        least, most = _lengths(found)
        if letters is None:
            return None
        faults = [f"LEN({{cell}})<{least}"] if least > 1 else []
        faults += [f"LEN({{cell}})>{most}"] if most is not None else []
        return f"OR({','.join([*faults, other_letters(letters)])})"
    if found := WORDS.fullmatch(pattern):
        letters, joint = _letters(found["set"]), found["joint"][-1]
        # With "." as the joint, any character would join.
        if letters is None or joint in letters or found["joint"] == ".":
            return None
        edges = f"LEFT({{cell}})={text(joint)},RIGHT({{cell}})={text(joint)}"
        twice = f"ISNUMBER(FIND({text(joint * 2)},{{cell}}))"
        return f"OR({edges},{twice},{other_letters(letters + joint)})"
    return None


def _letters(members: str) -> str | None:
    """All letters of a set such as "a-z0-9_-"; None where it has other ranges."""
    letters = ""
    for found in RANGE.finditer(members):
        if found[1]:
            letters += "".join(map(chr, range(ord(found[1][0]), ord(found[1][2]) + 1)))
        elif found[2] == "-" and 0 < found.start() < len(members) - 1:
            return None
        else:
            letters += found[2]
    return letters


def _lengths(found: re.Match[str]) -> tuple[int, int | None]:
    """How many letters at least and at most; None for any number."""
    if found["sign"]:
        return int(found["sign"] == "+"), None
    if found["least"] is None:
        return 1, 1
    least = int(found["least"])
    if found["to"] is None:
        return least, least
    return least, int(found["most"]) if found["most"] else None
