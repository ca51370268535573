"""What breaks a rule, as formulas of a spreadsheet: each is TRUE for a cell that breaks it.

They serve the red marking and, turned round, the refusal of what is typed. They keep to what
Excel 2010 and LibreOffice calculate alike: no names of tables, no array constants. COUNTIFS and
MATCH decide nothing by themselves, as "042" is 42 for them, "A" is "a", "*" is anything and a
long text an error; they only spare a count of all rows where it is certain what it would give.

All but `MISSING` are asked about cells that are not blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sheetpack.workbook.cells import ILLEGAL

LETTERS_LOOKED_AT = 64  # enough for any number, date and key
LONGEST = 8_192
LONGEST_IN_TEXT = 255
TEXT = re.compile(r'"((?:[^"]|"")*)"')


def text(value: str) -> str:
    """A text as formulas write it.

    >>> text('a"b')
    '"a""b"'
    """
    return '"' + value.replace('"', '""') + '"'


def is_allowed(formula: str, longest: int = LONGEST) -> bool:
    """Does Excel take the formula? One that it does not makes it repair the file."""
    texts = (found[1] for found in TEXT.finditer(formula))
    return (
        len(formula) <= longest
        and not ILLEGAL.search(formula)
        and all(len(each) <= LONGEST_IN_TEXT for each in texts)
    )


def other_letters(letters: str) -> str:
    """A formula: does the cell hold a character besides these?"""
    # Filled up with a known letter, as to find "" in a text is an error in LibreOffice only.
    full = f"{{cell}}&REPT({_kept(letters[0])},{LETTERS_LOOKED_AT})"
    places = f"ROW($1:${LETTERS_LOOKED_AT})"
    return f"SUMPRODUCT(--ISERROR(FIND(MID({full},{places},1),{_kept(letters)})))>0"


def _kept(value: str) -> str:
    """A text that stays the same when {cell} is filled in."""
    return text(value).replace("{", "{{").replace("}", "}}")


def blank(cell: str, blanks: Iterable[str]) -> str:
    """A formula: does the cell hold one of the texts that mean that there is no value?

    >>> blank("A2", ["", "n/a"])
    'OR(A2="",EXACT(A2,"n/a"))'
    """
    parts = [f"EXACT({cell},{text(each)})" if each else f'{cell}=""' for each in blanks]
    return f"OR({','.join(parts)})" if len(parts) > 1 else (parts or ["FALSE"])[0]


# A date as text: the month and day in 2000 tell whether it is one, as a spreadsheet knows no
# year before 1900. That 1850 had no 29 February is left to the check.
_NOT_A_DAY = 'MID({cell},5,1)&MID({cell},8,1)<>"--",ISERROR(DATEVALUE("2000"&MID({cell},5,6)))'

_NO_DIGITS = f'OR({other_letters("0123456789+-")},ISNUMBER(FIND("-",{{cell}},2)))'

# Type of a field → what does not fit it. `cells` writes as text what a spreadsheet would
# damage as a number: more than 15 digits, a day before March 1900, a time with its zone.
TYPES = {
    "integer": "IF(ISNUMBER({cell}),OR({cell}<>INT({cell}),ABS({cell})>=1E15),"
    f"{_NO_DIGITS})",
    "year": f"IF(ISNUMBER({{cell}}),{{cell}}<>INT({{cell}}),{_NO_DIGITS})",
    # NaN, INF and -INF are numbers in a file.
    "number": f"AND(NOT(ISNUMBER({{cell}})),{other_letters('0123456789+-.eEINFa')})",
    # In LibreOffice a yes or no is a number that is shown as a word.
    "boolean": "NOT(OR(ISLOGICAL({cell}),{cell}=0,{cell}=1))",
    "date": "IF(ISNUMBER({cell}),{cell}<>INT({cell}),"
    f"OR(LEN({{cell}})<>10,ISERROR(-LEFT({{cell}},4)),{_NOT_A_DAY}))",
    "datetime": f'IF(ISNUMBER({{cell}}),FALSE,OR(MID({{cell}},11,1)<>"T",{_NOT_A_DAY}))',
}

# Constraint → what is beyond it.
LIMITS = {
    "minimum": "AND(ISNUMBER({cell}),{cell}<{limit})",
    "maximum": "AND(ISNUMBER({cell}),{cell}>{limit})",
    "exclusiveMinimum": "AND(ISNUMBER({cell}),{cell}<={limit})",
    "exclusiveMaximum": "AND(ISNUMBER({cell}),{cell}>={limit})",
}
LENGTHS = {
    "minLength": "LEN({cell})<{limit}",
    "maxLength": "LEN({cell})>{limit}",
}

# Must be filled, in a row that has something.
MISSING = "AND({blank},COUNTA({row})>0)"

# Keys: where one may stand, for each sheet the ranges with the cells that they are held against.
Places = Sequence[Sequence[tuple[str, str]]]


def unknown(places: Places) -> str:
    """A formula: does the key stand nowhere?

    The first cell that MATCH finds is the very same for nearly all keys; else all are counted.
    """
    counted = f"{_counts(places)}=0"
    if any(len(pairs) > 1 for pairs in places):
        return counted
    found = ",".join(
        f"IFERROR(EXACT(INDEX({where},MATCH({cell},{where},0)),{cell}),FALSE)"
        for ((where, cell),) in places
    )
    return f"IF(OR({found}),FALSE,{counted})"


def repeated(places: Places) -> str:
    """A formula: does the key stand there more than once?

    COUNTIFS takes more to be equal than we do, but for a sign that hides the next one, for a
    number beside the same as text, and for no text beside no value; where it counts only one,
    there is only one.
    """
    cells = "&".join(cell for _, cell in places[0])
    filled = (f'{cell}<>""' for _, cell in places[0])
    ranges = dict.fromkeys(where for pairs in places for where, _ in pairs)
    alike = (f"OR(COUNT({where})=0,COUNT({where})=COUNTA({where}))" for where in ranges)
    once = "+".join(
        "COUNTIFS(" + ",".join(f'{where},"="&{cell}' for where, cell in pairs) + ")"
        for pairs in places
    )
    certain = ",".join([f'ISERROR(FIND("~",{cells}))', *filled, *alike])
    single = f"IFERROR(AND({certain},{once}=1),FALSE)"
    return f"IF({single},FALSE,{_counts(places)}>1)"


def _counts(places: Places) -> str:
    """How often a key stands at these places, letter by letter.

    Made text, as LibreOffice finds no number of a range equal to one of a cell.
    """
    return "+".join(
        "SUMPRODUCT(--(" + "*".join(f'EXACT({where}&"",{cell}&"")' for where, cell in pairs) + "))"
        for pairs in places
    )
