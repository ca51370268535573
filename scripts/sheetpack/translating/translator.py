"""What spreadsheets do to values, undone cell by cell where it is certain.

Excel, LibreOffice and Google Sheets take some texts for numbers, days or truths, round, trim
and prettify. A translator knows one field: it tells whether a cell still shows what the file
had, and which text the file should have now.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Hashable
from datetime import date
from functools import cached_property

import frictionless

from sheetpack.package import Field
from sheetpack.received.model import Special, Value
from sheetpack.translating import misreadings, typography
from sheetpack.translating.answers import Translated, asked, told
from sheetpack.translating.days import DAYS, DIGITS, TIMES, moment, plain, seconds
from sheetpack.translating.typed import WRITERS, Column, boolean_word, day
from sheetpack.workbook.cells import MOST_DIGITS, NATIVE, converter
from sheetpack.workbook.rows import serial

TRUTHS = {True: ("truth", True), False: ("truth", False)}  # True would equal the number 1
FORMULAS = {"TRUE()": True, "FALSE()": False}
NOT_CALCULATED = ("not calculated",)
MAY_BE_EMPTY = {"string", "any"}
MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]00:00(?::00(?:[.]0+)?)?")
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{1,4})_")


class Translator:
    """Translates the cells of one field.

    Args:
        source: The same field as Frictionless has it.
        choices: The texts of which a cell should be one, where these are known.
    """

    def __init__(
        self, field: Field, source: frictionless.Field, choices: Collection[str] | None = None
    ) -> None:
        self.field, self.choices = field, choices
        self._native = field.type in NATIVE
        self._convert = converter(field.type)
        self._read = source.create_value_reader()
        self._column = Column(source, self._read)
        self._blanks = frozenset(field.blanks)
        self._write = WRITERS.get(field.type)

    @property
    def blank(self) -> str | None:
        """What the file has in place of a cell with nothing in it: its own word for that.

        A text may be empty; elsewhere only what is agreed to be nothing can stand there.
        """
        if self.field.type in MAY_BE_EMPTY or "" in self._blanks:
            return None
        return next(iter(self.field.blanks), None)

    def shown(self, text: str | None) -> Hashable:
        """What a sheet shows for a cell of the file, in a form to be compared with `seen`."""
        if not text:
            return None
        if not self._native:
            return _normal_text(text)
        value = self._convert(text, None if text in self._blanks else self._read(text))
        if isinstance(value, str):
            return _normal_text(value)
        if isinstance(value, bool):
            return TRUTHS[value]
        return self._number(serial(value) if isinstance(value, date) else float(value))

    def seen(self, value: Value | None) -> Hashable:
        """What a cell of a received workbook shows, in a form to be compared with `shown`."""
        value = _settled(value)
        if isinstance(value, Special):
            value = NOT_CALCULATED if value.value is None else value.value
        if not value and not isinstance(value, bool | int | float):
            return None
        if isinstance(value, str):
            return _normal_text(value)
        if isinstance(value, bool):
            return TRUTHS[value]
        return value if isinstance(value, tuple) else self._number(value)

    def shows(self, value: Value | None, text: str | None) -> bool:
        """Does a cell of a received workbook show what a sheet shows for one of the file?"""
        if value == text and type(value) is str and not self._native:
            return True
        return self.seen(value) == self.shown(text)

    def readings(self, text: str | None) -> Collection[Hashable]:
        """What a sheet may show for a cell of the file, once a program mistook it."""
        return {self.shown(text), *misreadings.of_text(text or "")}

    def readings_of_cell(self, value: Value | None) -> Collection[Hashable]:
        """What a cell may have been, in a form to be compared with `readings`."""
        if isinstance(value, str):
            return {self.seen(value), *(misreadings.of_text(value) if self._native else ())}
        cell = value if isinstance(value, Special) else Special(value)
        return {self.seen(value), *misreadings.of_cell(cell)}

    def text(self, value: Value | None, before: str | None) -> Translated:
        """The text that the file should have for a cell.

        Args:
            before: What the cell was in the file from which the workbook was built; None
                where it was empty or the row is a new one.
        """
        if value == before and (value is None or type(value) is str):
            return Translated(before)
        if self.seen(value) == self.shown(before):
            return Translated(before)
        if value is None or value == "":
            return Translated(None)
        value = _settled(value)
        cell = value if isinstance(value, Special) else Special(value)
        if before and cell.formula and before in (cell.formula, f"={cell.formula}"):
            return told("repaired-misread", cell._replace(value=f"={cell.formula}"), before)
        answer = self._answer(cell, before or "")
        if cell.formula is not None and answer.certain:
            return told("repaired-formula", cell, answer.text)
        return answer

    def _answer(self, cell: Special, before: str) -> Translated:
        if cell.is_error or cell.value in (math.inf, -math.inf) or cell.value != cell.value:
            return asked("asked-error", cell)
        if cell.value is None:
            return asked("asked-formula", cell)
        if isinstance(cell.value, str):
            return self._of_text(cell.value, before)
        was_text = isinstance(self.shown(before), str)
        if was_text and misreadings.of_cell(cell) & misreadings.of_text(before):
            return told("repaired-misread", cell, before)
        if self._write:
            return self._write(self._column, cell, before)
        return self._text_of_number(cell)

    def _of_text(self, text: str, before: str) -> Translated:
        old = typography.line_ends(before)
        text = typography.line_ends(text)
        tidy = typography.trimmed(text, old)
        code = "repaired-spaces" if tidy and tidy != text else ""
        if not tidy:
            return Translated(None)
        if before and self.shown(tidy) == self.shown(before):
            # A number that has become a text is no change.
            return told(code, Special(text), before)
        if self._native:
            return self._of_word(tidy) or told(code, Special(text), tidy)
        if typography.spaced(old) in (typography.spaced(text), typography.spaced(tidy)):
            return told("repaired-spaces", Special(text), before)
        if typography.is_prettified(old, tidy):
            return told("repaired-typography", Special(text), before)
        chosen = self._alike(tidy)
        if chosen is not None:
            return told("repaired-choice", Special(text), chosen)
        if not code and typography.new_quotes(old, tidy):
            code = "noted-quotes"
        return told(code, Special(text), tidy.replace("\n", "\r\n") if "\r\n" in before else tidy)

    def _of_word(self, text: str) -> Translated | None:
        """A truth in any language, or a day with a midnight that some programs write behind it."""
        if self.field.type == "boolean":
            word = boolean_word(self._column, text)
            return word if word.code else None
        midnight = MIDNIGHT.fullmatch(text) if self.field.type == "date" else None
        try:
            found = date.fromisoformat(midnight[1]) if midnight else None
        except ValueError:
            return None
        return day(self._column, Special(float(serial(found)), "datetime"), "") if found else None

    def _text_of_number(self, cell: Special) -> Translated:
        """A number, day or truth in a field of texts."""
        is_number = not isinstance(cell.value, bool) and cell.shown == ""
        digits = plain(cell.value) if is_number else ""
        chosen = self._misread_choice(cell, digits)
        if chosen is not None:
            return told("repaired-choice", cell, chosen)
        if isinstance(cell.value, bool):
            return asked("asked-boolean", cell)
        if cell.shown in DAYS | TIMES:
            iso = self._iso_day(cell)
            return told("repaired-date", cell, iso) if iso else asked("asked-date", cell)
        if cell.shown == "percent":
            return asked("asked-percent", cell)
        if abs(cell.value) >= 10**MOST_DIGITS:
            return asked("asked-digits", cell)
        if "." in digits:
            return asked("asked-decimal", cell)
        return told("noted-number", cell, digits)

    def _iso_day(self, cell: Special) -> str:
        """A whole day in a field that takes days; "" where that is not certain."""
        found = moment(cell.value) if cell.shown == "date" else None
        if found is None or cell.value != int(cell.value):
            return ""
        text = found.date().isoformat()
        return text if self.field.settings.get("edtf") or self._is_pattern_of(text) else ""

    def _is_pattern_of(self, text: str) -> bool:
        """Does the field have a pattern, and does the text fit it?"""
        pattern = self.field.constraints.get("pattern")
        return bool(pattern) and re.match(f"^{pattern}$", text) is not None

    def _alike(self, text: str) -> str | None:
        """The only value of the field's list that differs in case or spaces alone.

        Only where the list is complete: a key may belong to a row that was added just now.
        """
        complete = self.field.constraints.get("enum") or self.field.categories
        if not self.choices or not complete or text in self.choices:
            return None
        found = self._loose_choices.get(typography.loosely(text), ())
        return found[0] if len(found) == 1 else None

    def _misread_choice(self, cell: Special, digits: str) -> str | None:
        """The only choice that a spreadsheet can have taken for what the cell holds."""
        if not self.choices or digits in self.choices:
            return None
        found = {
            choice
            for reading in misreadings.of_cell(cell)
            for choice in self._choices_by_reading.get(reading, ())
        }
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _loose_choices(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for choice in self.choices or ():
            found[typography.loosely(choice)].append(choice)
        return found

    @cached_property
    def _choices_by_reading(self) -> dict[misreadings.Reading, list[str]]:
        found = defaultdict(list)
        for choice in self.choices or ():
            for reading in misreadings.of_text(choice):
                found[reading].append(choice)
        return found

    def _number(self, value: float) -> Hashable:
        """A number in the digits that spreadsheets keep; a moment to the second."""
        if not math.isfinite(value):
            return value
        if self.field.type == "datetime":
            return seconds(value)
        return float(f"{value + 0.0:.{DIGITS}g}")


def _settled(value: Value | None) -> Value | None:
    """A truth that LibreOffice saved as a formula that counts 1 or 0 as the truth it is."""
    formula = value.formula if isinstance(value, Special) else None
    return FORMULAS.get(formula.upper(), value) if formula else value


def _normal_text(text: str) -> str:
    """A text as it is after any program saved it, however often.

    LibreOffice does not write an escape again that it read, and takes shorter ones for escapes.
    """
    escapes = "_x" in text
    if not escapes and "\r" not in text:
        return text  # as nearly all
    while escapes:
        text, escapes = ESCAPE.subn(lambda match: chr(int(match[1], 16)), text)
    return typography.line_ends(text)
