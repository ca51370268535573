"""What changed in the columns of sheets, in their keys, and in how their files are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sheetpack.edits.wording import ARROW, inert
from sheetpack.package import Field, ForeignKey, Resource
from sheetpack.releasing.packages import licence_change
from sheetpack.releasing.reason import Reason, Section
from sheetpack.releasing.state import State
from sheetpack.releasing.version import Rank

# Properties of a field that say how its cells are to be read.
READING = (
    "trueValues", "falseValues", "decimalChar", "groupChar", "bareNumber", "missingValues",
    "delimiter", "itemType",
)  # fmt: skip
# Properties of a resource that whoever reads its file depends on, and how they are called.
FILE = {
    "path": "where the file lies",
    "format": "the format of the file",
    "encoding": "the encoding of the file",
    "compression": "how the file is compressed",
    "dialect": "how the cells are set apart in the file",
}
# What the standard takes for said where a dialect is silent. Line ends no reader minds.
SILENT = {
    "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False,
    "header": True,
}  # fmt: skip
# Properties of a resource that have a rank of their own, or change with the data.
APART = (*FILE, "name", "schema", "licenses", "data", "bytes", "hash", "sources")

Renames = Mapping[str, Mapping[str, str]]


def reasons(old: State, new: State) -> Iterator[Reason]:
    """All changes in the resources, tables or not, that both states have."""
    before = {resource.name: resource for resource in old.package.resources}
    pairs = [(before[each.name], each) for each in new.package.resources if each.name in before]
    renames = {one.name: _renamed(one, other) for one, other in pairs}
    for one, other in pairs:
        name = one.name
        fields = _Fields(one, other, renames[name], old.fields[name], new.fields[name])
        for rank, section, text in [*fields.changes(), *_keys(one, other, renames)]:
            yield Reason(rank, section, inert(name), text)
    for name, written in new.written.items():
        if name in old.written:
            for rank, section, text in _file(old.written[name], written):
                yield Reason(rank, section, inert(name), text)


def _renamed(old: Resource, new: Resource) -> dict[str, str]:
    """Old name → new name of each field that was given another one in its place."""
    return {
        one.name: other.name
        for one, other in zip(old.fields, new.fields, strict=False)
        if one.name not in new.positions
        and other.name not in old.positions
        and one.type == other.type
    }


Change = tuple[Rank, Section, str]


class _Fields:
    """The fields of one resource on both sides."""

    def __init__(
        self,
        old: Resource,
        new: Resource,
        renamed: Mapping[str, str],
        old_written: Mapping[str, dict[str, Any]],
        new_written: Mapping[str, dict[str, Any]],
    ):
        self.old, self.new, self.renamed = old, new, renamed
        self.written = old_written, new_written
        # The fields that are on both sides, by their new names.
        now = [renamed.get(field.name, field.name) for field in old.fields]
        self.kept = [name for name in now if name in new.positions]

    def changes(self) -> Iterator[Change]:
        for one, other in self.renamed.items():
            yield "major", "Changed", f"the column {inert(one)} is now called {inert(other)}"
        for field in self.old.fields:
            if field.name not in self.renamed and field.name not in self.new.positions:
                yield "major", "Removed", f"the column {inert(field.name)} is gone"
        yield from self._new()
        kept = set(self.kept)
        if self.kept != [field.name for field in self.new.fields if field.name in kept]:
            yield "major", "Changed", "the columns stand in another order"
        for field in self.old.fields:
            name = self.renamed.get(field.name, field.name)
            if name in kept:
                yield from self._field(field, self.new.field(name))

    def _new(self) -> Iterator[Change]:
        last = max((self.new.positions[name] for name in self.kept), default=-1)
        kept = set(self.kept)
        for at, field in enumerate(self.new.fields):
            if field.name not in kept:
                rank: Rank = "minor" if at > last else "major"
                place = "at the end" if at > last else "between the others"
                yield rank, "Added", f"new column {inert(field.name)} {place}"

    def _field(self, old: Field, new: Field) -> Iterator[Change]:
        column = f"the column {inert(new.name)}"
        if (old.type, old.format) != (new.type, new.format):
            kinds = ARROW.join(map(_kind, (old, new)))
            yield "major", "Changed", f"{column} holds values of another kind: {kinds}"
        one, other = self.written[0][old.name], self.written[1][new.name]
        if old.blanks != new.blanks or any(one.get(p) != other.get(p) for p in READING):
            yield "major", "Changed", f"{column} is to be read in another way"
        yield from _allowed(column, old, new)
        apart = {"name", "type", "format", "constraints", "categories", *READING}
        if _without(one, apart) != _without(other, apart):
            yield "patch", "Changed", f"what is said of {column}"


def _allowed(column: str, old: Field, new: Field) -> Iterator[Change]:
    """What may stand in the cells."""
    before, after = _choices(old), _choices(new)
    gone = [inert(str(value)) for value in before if value not in after]
    come = [inert(str(value)) for value in after if value not in before]
    if before and after and gone:
        yield "major", "Removed", f"{column} no longer knows {', '.join(gone)}"
    if before and after and come:
        yield "minor", "Added", f"{column} also knows {', '.join(come)}"
    one, other = (_without(field.constraints, {"enum"}) for field in (old, new))
    names = sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
    names += ["enum"] if bool(before) != bool(after) else []
    if names:
        yield "minor", "Changed", f"what {column} may hold: {', '.join(names)}"


def _choices(field: Field) -> list[Any]:
    return [*field.constraints.get("enum", ()), *field.categories]


def _keys(old: Resource, new: Resource, renames: Renames) -> Iterator[Change]:
    """Keys, told apart by the names that the fields have now."""

    def now(name: str, fields: Sequence[str]) -> tuple[str, ...]:
        return tuple(renames.get(name, {}).get(field, field) for field in fields)

    if now(old.name, old.primary_key) != new.primary_key:
        keys = ARROW.join(
            " + ".join(map(inert, key)) or "none" for key in (old.primary_key, new.primary_key)
        )
        yield "major", "Changed", f"the key of the rows: {keys}"
    unique = {now(old.name, key) for key in old.unique_keys}
    if unique != set(new.unique_keys):
        yield "major", "Changed", "which columns are unique together"
    before = {
        ForeignKey(
            now(old.name, key.fields), key.reference, now(key.reference, key.reference_fields)
        )
        for key in old.foreign_keys
    }
    known = set(now(old.name, [field.name for field in old.fields]))
    for key in new.foreign_keys:
        # A reference in a new column is news of that column.
        if key not in before and known.intersection(key.fields):
            yield "major", "Changed", f"{_link(key)}, and did not before"
    for key in sorted(before - set(new.foreign_keys), key=lambda key: key.fields):
        if set(key.fields) <= new.positions.keys():
            yield "major", "Changed", f"it is no longer so that {_link(key)}"


def _link(key: ForeignKey) -> str:
    return f"{' + '.join(map(inert, key.fields))} refers to {inert(key.reference)}"


def _file(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """What the descriptor says of a file, be it a table or not."""
    before, after = _as_written(old), _as_written(new)
    for name, words in FILE.items():
        if before[name] != after[name]:
            yield "major", "Changed", words
    licence = licence_change(old, new)
    if licence:
        yield "major", "Changed", f"the licence: {licence}"
    if _without(old, set(APART)) != _without(new, set(APART)):
        yield "patch", "Changed", "what is said of the sheet"


def _as_written(said: Mapping[str, Any]) -> dict[str, Any]:
    """What `FILE` names, with what the standard takes for said where nothing stands."""
    path = said.get("path") or ()
    paths = [path] if isinstance(path, str) else [*path]
    dialect = said.get("dialect")
    if isinstance(dialect, dict):
        dialect = {
            name: value
            for name, value in dialect.items()
            if SILENT.get(name, ()) != value and name not in ("lineTerminator", "$schema")
        }
    return {
        "path": paths,
        "format": said.get("format") or (Path(paths[0]).suffix[1:] if paths else ""),
        "encoding": str(said.get("encoding") or "utf-8").lower(),
        "compression": said.get("compression"),
        "dialect": dialect or {},
    }


def _kind(field: Field) -> str:
    return field.type if field.format == "default" else f"{field.type} ({inert(field.format)})"


def _without(said: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in names}
