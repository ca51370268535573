"""The parts of a workbook that say how all others hang together, and changes to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from posixpath import basename, dirname, join, normpath
from urllib.parse import unquote

from sheetpack.marking.splicing import Damaged, Element, Splice, escaped, in_bytes, spliced, tree


class ChangedPart:
    """An XML part of which few bytes are changed.

    Raises:
        Damaged: It is not well formed.
    """

    def __init__(self, name: str, data: bytes):
        self.name, self.data = name, in_bytes(data)
        self.root = tree(self.data)
        self.splices: list[Splice] = []

    @property
    def content(self) -> bytes:
        """The part with all changes."""
        return spliced(self.data, self.splices)

    def section(self, name: str) -> Element:
        """The child of the root with that name. Raises `Damaged` where there is none."""
        found = self.root.first(name)
        if found is None:
            raise Damaged(f"{name} is missing")
        return found

    def tag(self, name: str) -> str:
        """A name as this part writes names."""
        return f"{self.root.prefix}{name}"

    def remove(self, element: Element) -> None:
        """Take an element out."""
        self.splices.append(Splice(element.start, element.after, b""))

    def append(self, element: Element, xml: bytes) -> None:
        """Put something last into an element."""
        self.splices += element.with_content(self.data, xml)


class Relations(ChangedPart):
    """To which other parts one part leads."""

    def __init__(self, name: str, data: bytes):
        super().__init__(name, data)
        self.base = dirname(dirname(name))
        self.by_id = {element.get("Id"): element for element in self.root.children}
        self.ids = set(self.by_id)

    def find(self, kind: str) -> Element | None:
        """The first relation of a kind, such as "styles"."""
        fitting = (each for each in self.root.children if each.get("Type").endswith(f"/{kind}"))
        return next(fitting, None)

    def target(self, relation: Element | None) -> str:
        """The name of the part it leads to; "" where it leads to none."""
        if relation is None or relation.get("TargetMode") == "External":
            return ""
        path = join("/", self.base, unquote(relation.get("Target")))
        return normpath(path).lstrip("/")

    def targets(self) -> Iterator[str]:
        """The names of all parts they lead to."""
        return filter(None, map(self.target, self.root.children))

    def remove(self, element: Element) -> None:
        """Take a relation out; its id may be given again."""
        super().remove(element)
        self.ids.discard(element.get("Id"))

    def add(self, kind: str, target: str) -> str:
        """Put in a relation; gives its id."""
        number = 1
        while f"rId{number}" in self.ids:
            number += 1
        self.ids.add(f"rId{number}")
        start = f'<{self.tag("Relationship")} Id="rId{number}" Type="'.encode()
        ends = escaped(kind) + b'" Target="/' + escaped(target) + b'"/>'
        self.append(self.root, start + ends)
        return f"rId{number}"


class Types(ChangedPart):
    """Of which type each part is."""

    def add(self, part: str, kind: str) -> None:
        """Say the type of a new part."""
        start = f'<{self.tag("Override")} PartName="/'.encode()
        self.append(self.root, start + escaped(part) + f'" ContentType="{kind}"/>'.encode())

    def drop(self, parts: Collection[str]) -> None:
        """Say nothing more of parts that are gone, named in lower case."""
        for element in self.root.all("Override"):
            if element.get("PartName").lstrip("/").lower() in parts:
                self.remove(element)


def relations_of(part: str) -> str:
    """The name of the part that says to which others a part leads.

    >>> relations_of("xl/workbook.xml")
    'xl/_rels/workbook.xml.rels'
    """
    return join(dirname(part), "_rels", f"{basename(part)}.rels")
