"""The contract: what a descriptor says, as plain frozen objects.

These types hold no data and do no reading; `descriptor.load` makes them.
Custom settings stand under one key, `sheetpack`, of the package, a resource or a field,
and are kept here as they are, in `settings`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:  # importing frictionless takes longer than everything else
    import frictionless

Settings: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """A field of a resource, as Table Schema describes it.

    Attributes:
        name: The machine's name, header of the CSV.
        type: A Table Schema type, such as "string" or "date".
        title: What people read as the header; the name where the descriptor has none.
        constraints: As in Table Schema: required, unique, enum, pattern, minimum …
        example: A sample value, "" where there is none.
        blanks: The cells that mean that there is no value ("missing values").
        settings: The field's own `sheetpack` settings.
    """

    name: str
    type: str = "any"
    format: str = "default"
    title: str = ""
    description: str = ""
    example: str = ""
    constraints: dict[str, Any] = field(default_factory=dict)
    categories: tuple[Any, ...] = ()
    blanks: tuple[str, ...] = ("",)
    settings: Settings = field(default_factory=dict)

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required"))


@dataclass(frozen=True)
class ForeignKey:
    """Fields whose values must stand in `reference_fields` of the resource `reference`.

    A reference to the resource itself carries that resource's own name.
    """

    fields: tuple[str, ...]
    reference: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True)
class Resource:
    """One table of the package.

    Attributes:
        file: Its path, relative to the descriptor's folder; the first one of a multipart
            file; "" for inline data.
        encoding: The encoding that the descriptor declares, "" where it declares none.
        source: Frictionless's own object, through which the data is read.
    """

    name: str
    title: str
    description: str
    file: str
    fields: tuple[Field, ...]
    encoding: str = ""
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    settings: Settings = field(default_factory=dict)
    source: frictionless.Resource | None = field(default=None, compare=False, repr=False)

    @cached_property
    def positions(self) -> dict[str, int]:
        """Field name → position, counted from 0."""
        return {field.name: at for at, field in enumerate(self.fields)}

    def field(self, name: str) -> Field:
        """The field of that name. Raises `KeyError`."""
        return self.fields[self.positions[name]]

    @property
    def label_field(self) -> str:
        """Name of the field that names a record to people: the setting `label`, else the key."""
        return self.settings.get("label") or (self.primary_key or (self.fields[0].name,))[0]


@dataclass(frozen=True)
class View:
    """A reading table: one SELECT statement over the resources.

    Attributes:
        path: The SQL file, absolute.
        outputs: Where it goes: any of "sheet" and "csv".
    """

    name: str
    path: Path
    title: str
    description: str = ""
    outputs: tuple[str, ...] = ("sheet", "csv")
    settings: Settings = field(default_factory=dict)


@dataclass(frozen=True)
class Package:
    """A Data Package: its metadata, its resources, its own settings.

    Attributes:
        path: The descriptor file, absolute.
        metadata: The descriptor's properties besides the resources.
        others: Resources that are no tables (pictures, documents …), as Frictionless has them.
    """

    path: Path
    name: str
    title: str
    metadata: dict[str, Any]
    resources: tuple[Resource, ...]
    views: tuple[View, ...] = ()
    settings: Settings = field(default_factory=dict)
    others: tuple[frictionless.Resource, ...] = field(default=(), compare=False, repr=False)

    @property
    def folder(self) -> Path:
        return self.path.parent

    @property
    def strict(self) -> bool:
        """Are untidy cells and files errors (True), or warnings (False, the default)?"""
        return bool(self.settings.get("strict"))

    def resource(self, name: str) -> Resource:
        """The resource of that name. Raises `KeyError`."""
        for resource in self.resources:
            if resource.name == name:
                return resource
        raise KeyError(name)
