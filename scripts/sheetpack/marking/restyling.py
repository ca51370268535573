"""The styles of somebody's workbook, and in them how a marked cell looks.

A marked cell has the style it had, but for the fill, and for black letters where its own could
not be read on that. To take a mark off again, one has to know what the cell looked like. Most
cells had no fill and letters that can be read. Every other look has a fill of its own, which
differs by a shade that nobody sees, and a `record` in words, which the workbook carries.
Colours survive being saved by another program, as the numbers of styles do not.

Limits: a gradient, and looks beyond the number of shades, are not recorded; without its record
(Google Sheets may drop it) a cell is left without a fill.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from openpyxl.xml.functions import tostring

from sheetpack.marking.splicing import Element, Splice, escaped, spliced, tree, with_attributes
from sheetpack.marking.style_lists import FIRST, StyleList, prefixed
from sheetpack.workbook.styles import STYLES

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY = f'<styleSheet xmlns="{MAIN}"></styleSheet>'.encode()
# A light orange, apart from the red of a broken rule in lightness too; black on it has 13:1.
SHADES = tuple(f"FFFFC3{blue:02X}" for blue in range(0x68, 0x80))
BLACK = {"rgb": "FF000000"}
READABLE = 4.5  # the contrast that WCAG asks for
WHITE = {"theme": {"0", "2"}, "indexed": {"1", "9"}}
NOTHING_TO_TELL = ""
WORD = re.compile(r"(pattern|fg|bg|font)\.(\w+)=([\w.+-]+)")
TEXT_FORMAT = "49"
APPLIED = "".join(
    f' apply{part}="1"' for part in ("NumberFormat", "Font", "Fill", "Border", "Alignment")
)


class Styles:
    """The styles of a workbook, by the numbers that cells give.

    Args:
        data: The part that holds them; `EMPTY` for a workbook without.
        records: Number of a shade → how cells looked before they were marked with it.

    Raises:
        Damaged: The part is not well formed.
    """

    def __init__(self, data: bytes, records: Mapping[int, str]):
        self.data, self.root = data, tree(data)
        self.lists = {name: StyleList(name, self.root, data) for name in FIRST}
        self.fonts, self.fills = self.lists["fonts"], self.lists["fills"]
        self.cells = self.lists["cellXfs"]
        self.known_records = records
        self.shades = {NOTHING_TO_TELL: 0}
        self.any_marked = any(
            self._shade(style) is not None for style in range(len(self.cells.items))
        )
        self._marked: dict[int, int] = {}
        self._unmarked: dict[int, int] = {}

    @property
    def records(self) -> dict[int, str]:
        """Number of a shade → how the cells looked that are marked with it now."""
        return {shade: record for record, shade in self.shades.items() if record}

    def marked(self, style: int) -> int:
        """The style for a cell of that style, marked."""
        if style not in self._marked:
            self._marked[style] = self._mark(self.unmarked(style))
        return self._marked[style]

    def unmarked(self, style: int) -> int:
        """The style that a cell had before it was marked, if it ever was."""
        if style not in self._unmarked:
            known = style if style < len(self.cells.items) else 0
            shade = self._shade(known)
            self._unmarked[style] = known if shade is None else self._unmark(known, shade)
        return self._unmarked[style]

    def of_text(self, name: str) -> int:
        """One of the styles that our own workbooks have, as text."""
        parts = STYLES[name]
        numbers = "".join(
            f' {part}Id="{self.lists[f"{part}s"].place(self._written(parts[part]))}"'
            for part in ("font", "fill", "border")
        )
        start = f'<{self.root.prefix}xf numFmtId="{TEXT_FORMAT}"{numbers} xfId="0"{APPLIED}>'
        end = f"</{self.root.prefix}xf>"
        return self.cells.place(start.encode() + self._written(parts["alignment"]) + end.encode())

    def content(self) -> bytes:
        """The part with all that was added."""
        splices, behind = [], self.root.inside
        for items in self.lists.values():
            splices += items.splices(self.data, behind)
            behind = items.old.after if items.old else behind
        return spliced(self.data, splices)

    def _written(self, part: object) -> bytes:
        """A part of our own styles as XML."""
        xml = tostring(part.to_tree(type(part).tagname)).decode()
        return prefixed(xml.replace(" />", "/>"), self.root.prefix)

    def _shade(self, style: int) -> int | None:
        """The number of the shade that a style is marked with."""
        pattern = self._fill(style).first("patternFill")
        color = pattern.first("fgColor") if pattern else None
        rgb = color.get("rgb").upper().rjust(8, "F") if color else ""
        return SHADES.index(rgb) if rgb in SHADES else None

    def _mark(self, style: int) -> int:
        record = self._record(style)
        shade = self.shades.setdefault(record, len(self.shades))
        if shade >= len(SHADES):
            del self.shades[record]
            shade = 0
        fill = f'<fill><patternFill patternType="solid"><fgColor rgb="{SHADES[shade]}"/>'
        letters = BLACK if self._faint(style) else {}
        return self._changed(style, f"{fill}</patternFill></fill>", letters)

    def _unmark(self, style: int, shade: int) -> int:
        parts: dict[str, dict[str, str]] = {}
        for part, attribute, value in WORD.findall(self.known_records.get(shade, "")):
            parts.setdefault(part, {})[attribute] = value
        letters = parts.pop("font", {})
        colors = "".join(
            f"<{part}Color{_attributes(parts[part])}/>" for part in ("fg", "bg") if part in parts
        )
        pattern = _attributes(parts.get("pattern", {}))
        fill = f"<fill><patternFill{pattern}>{colors}</patternFill></fill>"
        return self._changed(style, fill if parts else "", letters)

    def _changed(self, style: int, fill: str, letters: Mapping[str, str]) -> int:
        """The style with another fill ("" for none) and, where given, colour of letters."""
        place = self.fills.place(prefixed(fill, self.root.prefix)) if fill else 0
        changes: dict[str, str | None] = {"fillId": str(place), "applyFill": "1"}
        font = self._font(style)
        color = self.fonts.elements[font].first("color")
        if letters and color:
            new = prefixed(f"<color{_attributes(letters)}/>", self.root.prefix)
            other = spliced(self.fonts.items[font], [Splice(color.start, color.after, new)])
            changes |= {"fontId": str(self.fonts.place(other)), "applyFont": "1"}
        item, inside = self.cells.items[style], self.cells.elements[style].inside
        return self.cells.place(with_attributes(item[:inside], changes) + item[inside:])

    def _record(self, style: int) -> str:
        """How a style looks, as far as a mark changes it."""
        parts: dict[str, Element | None] = {}
        pattern = self._fill(style).first("patternFill")
        if pattern and pattern.get("patternType", "none") != "none":
            parts = {"pattern": pattern}
            parts |= {"fg": pattern.first("fgColor"), "bg": pattern.first("bgColor")}
        if self._faint(style):
            parts["font"] = self.fonts.elements[self._font(style)].first("color")
        words = [
            f"{part}.{name}={value}"
            for part, element in parts.items()
            if element
            for name, value in element.attributes.items()
        ]
        return " ".join(word for word in words if WORD.fullmatch(word))

    def _faint(self, style: int) -> bool:
        """Can its letters not be read on a mark?"""
        color = self.fonts.elements[self._font(style)].first("color")
        if not color:
            return False
        rgb = color.get("rgb")
        if re.fullmatch("[0-9A-Fa-f]{6,8}", rgb):
            return contrast(rgb[-6:], SHADES[0][-6:]) < READABLE
        return any(color.get(kind) in numbers for kind, numbers in WHITE.items())

    def _fill(self, style: int) -> Element:
        return _item(self.fills, self.cells.elements[style].get("fillId"))[1]

    def _font(self, style: int) -> int:
        return _item(self.fonts, self.cells.elements[style].get("fontId"))[0]


def contrast(one: str, other: str) -> float:
    """How well a colour stands out from another, both as RRGGBB: from 1 to 21, as WCAG has it.

    >>> contrast("000000", "FFFFFF")
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _item(items: StyleList, number: str) -> tuple[int, Element]:
    """The item of that number; the first, as spreadsheets do, where there is none."""
    place = int(number) if number.isascii() and number.isdecimal() else 0
    place = place if place < len(items.elements) else 0
    return place, items.elements[place]


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escaped(value).decode()}"' for name, value in values.items())
