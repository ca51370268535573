"""A copy of somebody's workbook with cells marked, and a sheet put first that tells why.

Everything else in the copy is, byte for byte, what it was: charts, drop-downs, pictures and
whatever we know nothing of. A copy that was marked before loses its earlier marks and the
earlier sheet, also when another program saved it since.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sheetpack import catalogue
from sheetpack.files import UNREADABLE
from sheetpack.issue import Refusal
from sheetpack.marking.changed_parts import ChangedPart, Relations, Types, relations_of
from sheetpack.marking.page import STYLES, Mark, Page, rendered
from sheetpack.marking.restyling import EMPTY, MAIN, SHADES, Styles
from sheetpack.marking.sheet_marks import restyled
from sheetpack.marking.splicing import Damaged, Element, Splice, escaped, in_bytes
from sheetpack.workbook.fingerprint import has_stamp
from sheetpack.workbook.model import quoted
from sheetpack.workbook.names import LONGEST_SHEET, Namer

TYPES = "[Content_Types].xml"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
# Names that the copy defines: our sheet, and how marked cells looked before.
PAGE_NAME = "sheetpack_page"
LOOK_NAME = "sheetpack_look_"
# Behind which parts of the workbook the defined names stand.
BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
# By which a copy is known that nobody has edited. It is not that of a workbook as `build`
# leaves it, and no program notes it.
STAMP = (2000, 1, 2, 0, 0, 0)
SHADE_NUMBERS = set(map(str, range(len(SHADES))))
READABLE_BY_ALL = 0o644 << 16


def marked_copy(content: bytes, marks: Collection[Mark], page: Page) -> bytes:
    """The workbook with the marks and the page, and nothing else changed.

    The same workbook, marks and page give the same bytes.

    Args:
        content: A file that was opened without a refusal.
        marks: Cells of its sheets.
        page: Put first. It gets a number if a sheet has its name; the page of an earlier copy
            it replaces.

    Raises:
        Refusal: A part that has to be changed is damaged.
        KeyError: A mark is on a sheet that the workbook doesn't have.
    """
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            return _Copy(archive).made(marks, page)
    except (Damaged, *UNREADABLE) as error:
        raise Refusal(catalogue.issue("marking-damaged")) from error


AnyPart = TypeVar("AnyPart", bound=ChangedPart)


def is_as_marked(path: Path) -> bool:
    """Is the file a copy as `marked_copy` makes it, not saved by another program since?"""
    return has_stamp(path, STAMP)


class _Sheet(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    part: str
    element: Element
    relation: Element | None


class _Copy:
    """The parts of a workbook, and of its copy those that are changed."""

    def __init__(self, archive: ZipFile):
        self.archive = archive
        self.entries = {
            _key(entry.filename): entry for entry in archive.infolist() if not entry.is_dir()
        }
        self.dropped: set[str] = set()  # names in lower case
        self.types = self._load(Types, TYPES)
        package = self._load(Relations, "_rels/.rels")
        document = package.find("officeDocument")
        # Relations have other names in files of the strict kind.
        self.kinds = document.get("Type").removesuffix("officeDocument") if document else ""
        self.workbook = self._load(ChangedPart, package.target(document))
        self.relations = self._load(Relations, relations_of(self.workbook.name))
        self.names = self.workbook.root.first("definedNames")
        self.listed = self._listed()
        self.sheets = [sheet for sheet in self.listed if sheet.name != self._earlier_page()]
        for sheet in self.listed:
            if sheet not in self.sheets:
                self._drop(sheet)

    def made(self, marks: Collection[Mark], page: Page) -> bytes:
        """The copy as a file."""
        cells: dict[str, dict[int, set[int]]] = {sheet.name: {} for sheet in self.sheets}
        for mark in marks:
            cells[mark.sheet].setdefault(mark.row, set()).add(mark.column)
        file = io.BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED) as copy:
            for name, content in self._parts(cells, page):
                entry = ZipInfo(name, STAMP)
                entry.compress_type = ZIP_DEFLATED
                entry.create_system = 0  # the same on every machine
                entry.external_attr = READABLE_BY_ALL
                copy.writestr(entry, content)
        return file.getvalue()

    def _parts(
        self, cells: Mapping[str, Mapping[int, Collection[int]]], page: Page
    ) -> Iterator[tuple[str, bytes]]:
        """Names and contents of all parts, one after the other, as each may be large."""
        name = Namer(LONGEST_SHEET, cells).name(page.name)
        place = self._put_first(name)
        styles_name, styles = self._styles()
        numbers = {style: styles.of_text(style) for style in STYLES}
        self.types.drop(self.dropped)
        yield self.types.name, self.types.content

        restyled_parts = {sheet.part.lower(): cells[sheet.name] for sheet in self.sheets}
        late = (self.types.name, styles_name, self.workbook.name, self.relations.name)
        for key, entry in self.entries.items():
            if key in restyled_parts:
                yield entry.filename, self._restyled(key, restyled_parts[key], styles)
            elif key not in self.dropped and key not in map(str.lower, late):
                yield entry.filename, self._read(key)

        yield place, rendered(page, name, numbers, self._namespace())
        yield styles_name, styles.content()
        self._define_names(name, page, styles)
        yield self.workbook.name, self.workbook.content
        yield self.relations.name, self.relations.content

    def _read(self, name: str) -> bytes:
        entry = self.entries.get(_key(name))
        if entry is None:
            raise Damaged(f"{name} is missing")
        return self.archive.read(entry)

    def _load(self, kind: type[AnyPart], name: str) -> AnyPart:
        content = self._read(name)
        return kind(self.entries[_key(name)].filename, content)

    def _listed(self) -> list[_Sheet]:
        """All sheets of the workbook, in order."""
        found = []
        for element in self.workbook.section("sheets").all("sheet"):
            relation = self.relations.by_id.get(element.get("id"))
            part = self.relations.target(relation)
            found.append(_Sheet(element.get("name"), part, element, relation))
        return found

    def _earlier_page(self) -> str | None:
        """The name of the sheet that an earlier copy got; it may have been renamed since."""
        for element in self.names.children if self.names else ():
            if element.get("name").lower() == PAGE_NAME:
                sheet = element.text.strip().rpartition("!")[0]
                quotes = sheet[:1] == sheet[-1:] == "'"
                return sheet[1:-1].replace("''", "'") if quotes else sheet
        return None

    def _drop(self, sheet: _Sheet) -> None:
        """Take out a sheet, and the parts that only it leads to, such as notes on it."""
        self.workbook.remove(sheet.element)
        parts = {sheet.part.lower(), relations_of(sheet.part).lower()}
        if sheet.relation:
            self.relations.remove(sheet.relation)
        if relations_of(sheet.part).lower() in self.entries:
            own = self._load(Relations, relations_of(sheet.part))
            parts |= {target.lower() for target in own.targets()} - self._used_without(own)
        # In which order to calculate: it may name cells that are gone, and is found anew.
        chain = self.relations.find("calcChain")
        if chain:
            self.relations.remove(chain)
            parts.add(self.relations.target(chain).lower())
        self.dropped |= parts | {relations_of(part) for part in parts}

    def _used_without(self, own: Relations) -> set[str]:
        """The parts that others lead to than one."""
        found: set[str] = set()
        for name in self.entries:
            if name.endswith(".rels") and name != own.name.lower():
                found |= {target.lower() for target in self._load(Relations, name).targets()}
        return found

    def _put_first(self, name: str) -> str:
        """List the page before all sheets, and show it first; gives the name of its part."""
        number = 1
        while (place := f"xl/worksheets/sheet{number}.xml") in self.entries.keys() - self.dropped:
            number += 1
        relation = self.relations.add(f"{self.kinds}worksheet", place)
        self.types.add(place, TYPE.format("worksheet"))
        workbook = self.workbook
        sheets = workbook.section("sheets")
        ids = [each.element.get("sheetId") for each in self.sheets]
        free = max((int(each) for each in ids if each.isdecimal()), default=0) + 1
        first = self.listed[0].element
        id_name = next(key for key in first.attributes if key.rpartition(":")[2] == "id")
        start = f'<{workbook.tag("sheet")} name="'.encode() + escaped(name)
        end = f'" sheetId="{free}" {id_name}="{relation}"'.encode()
        # Some programs declare the prefix at every sheet by itself.
        declared = f"xmlns:{id_name.partition(':')[0]}"
        if declared in first.attributes:
            end += f' {declared}="'.encode() + escaped(first.attributes[declared]) + b'"'
        end += b"/>"
        workbook.splices.append(Splice(sheets.inside, sheets.inside, start + end))
        views = workbook.root.first("bookViews")
        for view in views.children if views else ():
            changes = {key: "0" for key in ("firstSheet", "activeTab") if key in view.attributes}
            workbook.splices.append(view.with_attributes(workbook.data, changes))
        return place

    def _styles(self) -> tuple[str, Styles]:
        """The styles and the name of their part, which is put in where there is none."""
        name = self.relations.target(self.relations.find("styles"))
        if name:
            return name, Styles(in_bytes(self._read(name)), dict(self._looks()))
        name = "xl/styles.xml"
        self.relations.add(f"{self.kinds}styles", name)
        self.types.add(name, TYPE.format("styles"))
        return name, Styles(EMPTY, {})

    def _looks(self) -> Iterator[tuple[int, str]]:
        """How cells looked before they were marked, as an earlier copy noted it."""
        for element in self.names.children if self.names else ():
            number = element.get("name").lower().removeprefix(LOOK_NAME)
            if number != element.get("name").lower() and number in SHADE_NUMBERS:
                yield int(number), element.text.strip().strip('"')

    def _restyled(self, name: str, cells: Mapping[int, Collection[int]], styles: Styles) -> bytes:
        content = self._read(name)
        try:
            data = in_bytes(content)
            changed = restyled(data, cells, styles)
        except Damaged:
            if cells:
                raise
            return content  # nobody looked at this sheet, and it stays as it is
        return content if changed is data else changed

    def _namespace(self) -> str:
        root = self.workbook.root
        return root.attributes.get(f"xmlns:{root.prefix}".rstrip(":"), MAIN)

    def _define_names(self, name: str, page: Page, styles: Styles) -> None:
        """Names of single sheets follow these, ours are written anew."""
        workbook = self.workbook
        places = {self.listed.index(sheet): at for at, sheet in enumerate(self.sheets, start=1)}
        for element in self.names.children if self.names else ():
            place = element.get("localSheetId")
            if element.get("name").lower().startswith((PAGE_NAME, LOOK_NAME)):
                workbook.remove(element)
            elif place.isdecimal():
                if int(place) not in places:
                    workbook.remove(element)
                else:
                    changes = {"localSheetId": str(places[int(place)])}
                    workbook.splices.append(element.with_attributes(workbook.data, changes))
        row = page.header_row
        new = {PAGE_NAME: f"{quoted(name)}!$A$1"}
        new |= {f"{LOOK_NAME}{number}": f'"{look}"' for number, look in styles.records.items()}
        tag = workbook.tag("definedName").encode()
        xml = [
            b'<%b name="%b">%b</%b>' % (tag, key.encode(), escaped(text), tag)
            for key, text in new.items()
        ]
        titles = escaped(f"{quoted(name)}!${row}:${row}")
        start = b'<%b name="_xlnm.Print_Titles" localSheetId="0">' % tag
        xml.append(start + titles + b"</%b>" % tag)
        if self.names:
            workbook.append(self.names, b"".join(xml))
        else:
            before = [workbook.root.first(each) for each in BEFORE_NAMES]
            at = max(element.after for element in before if element)
            around = workbook.tag("definedNames").encode()
            whole = b"<%b>" % around + b"".join(xml) + b"</%b>" % around
            workbook.splices.append(Splice(at, at, whole))


def _key(name: str) -> str:
    """A part's name as it is compared: some programs write a slash or a backslash in it."""
    return name.replace("\\", "/").lstrip("/").lower()
