"""The first sheet: what this is, how to use it, and what the other sheets hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sheetpack.package import Package
from sheetpack.workbook.addresses import DASHBOARD, DICTIONARY, START, Addresses
from sheetpack.workbook.cells import ILLEGAL, LONGEST_TEXT
from sheetpack.workbook.guide import steps
from sheetpack.workbook.model import Column, Link, Sheet, Spot, Styled, TableRange
from sheetpack.workbook.names import cut, formula_wish, plain

COLUMNS = (Column("Sheet", 30), Column("What it holds", 84), Column("Rows", 9, "integer"))
LONGEST_ADDRESS = 2_000
MAKERS = {"author", "creator"}


class Entry(NamedTuple):
    """A labelled paragraph, which may lead to an address on the web."""

    label: str
    text: str
    address: str = ""


def start_sheet(package: Package, addresses: Addresses, others: Sequence[Sheet]) -> Sheet:
    """Lay out the first sheet.

    Args:
        others: The sheets it leads to, in order; those hidden are left out.
    """
    seen = [sheet for sheet in others if sheet.group != "hidden"]
    rows: list[tuple[Any, ...]] = [(Styled(plain(package.title), "title"),)]
    links: list[Link] = []

    def add(entries: Iterable[Entry]) -> None:
        for label, text, address in entries:
            if address:
                links.append(Link(len(rows) + 1, 2, address, f"Open {address}"))
            if text:
                rows.append((Styled(label, "label"), Styled(text, "link" if address else "prose")))

    add([Entry("What this is", _prose(package.metadata.get("description")))])
    rows.append((Styled("How to use it, in two minutes", "heading"),))
    guide = steps(package, seen)
    add(Entry(f"{number}. {step}", text) for number, (step, text) in enumerate(guide, start=1))
    rows.append((Styled("About this workbook", "heading"),))
    add(_about(package))
    rows.append((Styled("Sheets in this workbook", "heading"),))
    rows.append(tuple(Styled(column.header, "header") for column in COLUMNS))
    table = TableRange(formula_wish(START), len(rows), len(seen), len(COLUMNS), filtered=False)
    about = _abouts(package, addresses)
    for sheet in seen:
        links.append(
            Link(len(rows) + 1, 1, Spot(sheet.name, 1, 1), f"Go to the sheet {sheet.name}")
        )
        length = sheet.table.length if sheet.table else None
        rows.append((Styled(sheet.name, "link"), about.get(sheet.name) or None, length))
    return Sheet(
        name=START,
        group="reference",
        columns=COLUMNS,
        rows=rows,
        height=len(rows),
        table=table,
        freeze=(0, 0),
        links=tuple(links),
    )


def authors(package: Package) -> list[str]:
    """The people and bodies to name: authors and creators, or else all contributors."""
    people = package.metadata.get("contributors") or []

    def is_author(person: dict[str, Any]) -> bool:
        return not MAKERS.isdisjoint([person.get("role"), *(person.get("roles") or [])])

    chosen = [person for person in people if is_author(person)] or people
    return [plain(person["title"]) for person in chosen if person.get("title")]


def _about(package: Package) -> Iterator[Entry]:
    meta = package.metadata
    yield Entry("Version", _version(meta))
    for licence in meta.get("licenses") or []:
        name = plain(licence.get("title") or licence.get("name") or "")
        yield Entry("Licence", name or _web(licence.get("path")), _web(licence.get("path")))
    yield Entry("How to cite it", _citation(package))
    for number, source in enumerate(meta.get("sources") or []):
        address = _web(source.get("path"))
        title = plain(source.get("title") or "") or address
        yield Entry("Sources" if number == 0 else "", title, address)
    home = _web(meta.get("homepage"))
    yield Entry("Home page", home, home)


def _version(meta: dict[str, Any]) -> str:
    parts = [meta.get("version"), str(meta.get("created") or "")[:10]]
    return plain(", ".join(str(part) for part in parts if part))


def _citation(package: Package) -> str:
    """In the manner of APA: authors, year, title, version, address."""
    meta = package.metadata
    names = authors(package)
    who = " & ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    year = f"({str(meta['created'])[:4]})" if meta.get("created") else ""
    version = f"(version {meta['version']})" if meta.get("version") else ""
    title = " ".join(filter(None, [package.title, version]))
    address = _web(meta.get("id")) or _web(meta.get("homepage"))
    order = [[who, year], [title]] if who else [[title], [year]]
    sentences = [" ".join(filter(None, words)).rstrip(".") + "." for words in order if any(words)]
    return plain(" ".join(filter(None, [*sentences, address])))


def _abouts(package: Package, addresses: Addresses) -> dict[str, str]:
    """Sheet name → one paragraph about it."""
    about = {
        DASHBOARD: "Key figures and charts, with the numbers they are drawn from.",
        DICTIONARY: "Every column of every data sheet: what it says and what may stand there.",
    }
    for view in package.views:
        if view.name in addresses.views:
            about[addresses.views[view.name]] = _first_paragraph(view.description)
    for resource in package.resources:
        about[addresses.resources[resource.name]] = _first_paragraph(resource.description)
    return about


def _first_paragraph(text: str) -> str:
    return cut(plain(text.strip().split("\n\n")[0]), LONGEST_TEXT)


def _prose(text: Any) -> str:
    """A description with its paragraphs, but without the line breaks inside of them."""
    paragraphs = str(text or "").split("\n\n")
    return cut("\n".join(filter(None, map(plain, paragraphs))), LONGEST_TEXT)


def _web(address: Any) -> str:
    """The address, if it is one on the web that a spreadsheet can open; else ""."""
    text = str(address or "").strip()
    is_web = text.startswith(("https://", "http://")) and not ILLEGAL.search(text)
    return text if is_web and text.isprintable() and len(text) <= LONGEST_ADDRESS else ""
