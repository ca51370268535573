"""What of a package's contract has to be known to compare and merge its rows."""

from __future__ import annotations

from sheetpack.edits.model import Link, Shape, Shapes
from sheetpack.package import Package, Resource


def of(package: Package) -> Shapes:
    """The shape of every resource, in the order of the package.

    A reference to a resource that the package doesn't have is left out.
    """
    names = {resource.name for resource in package.resources}
    return {resource.name: _shape(resource, names) for resource in package.resources}


def _shape(resource: Resource, names: set[str]) -> Shape:
    return Shape(
        key=resource.primary_key,
        links=tuple(
            Link(key.fields, key.reference, key.reference_fields)
            for key in resource.foreign_keys
            if key.reference in names
        ),
        any_id=tuple(field.name for field in resource.fields if field.settings.get("anyId")),
        shared_ids=bool(resource.settings.get("sharedIds")),
    )


def parents_first(shapes: Shapes) -> list[str]:
    """Names of the resources, each after those that its rows refer to.

    Where they refer to each other in a circle, what counts is what the keys refer to.
    """
    parents = {name: _parents(shapes, shape, ()) - {name} for name, shape in shapes.items()}
    keys = {name: _parents(shapes, shape, shape.key) - {name} for name, shape in shapes.items()}
    waiting = dict.fromkeys(shapes)
    order = []
    while waiting:
        first = min(
            waiting,
            key=lambda name: (
                sum(parent in waiting for parent in keys[name]),
                sum(parent in waiting for parent in parents[name]),
            ),
        )
        del waiting[first]
        order.append(first)
    return order


def _parents(shapes: Shapes, shape: Shape, within: tuple[str, ...]) -> set[str]:
    """The resources referred to by the fields `within`, by any field where that is ()."""
    parents = {
        link.reference for link in shape.links if not within or set(link.fields) & set(within)
    }
    if set(shape.any_id) & set(within) if within else shape.any_id:
        parents |= {name for name, other in shapes.items() if other.shared_ids}
    return parents
