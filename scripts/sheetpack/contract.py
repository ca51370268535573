"""What a descriptor can say that is accepted by Frictionless and yet cannot be kept.

Limits no value can be held against, keys of columns that do not exist, lists that are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import frictionless

from sheetpack import catalogue
from sheetpack.issue import Issue
from sheetpack.package import Package, Resource

BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def faults(package: Package) -> Iterator[Issue]:
    """Everything in the contract that makes checking the data impossible."""
    for resource in package.resources:
        place = {"file": package.path.name, "resource": resource.name}
        for field in resource.source.schema.fields:
            yield from _limit_faults(field, place)
            yield from _category_faults(field, place)
        yield from _unique_key_faults(resource, place)


def _limit_faults(field: frictionless.Field, place: dict[str, str]) -> Iterator[Issue]:
    for name, limit in field.constraints.items():
        try:
            if name == "pattern":
                re.compile(limit)
            elif name in BOUNDS and field.create_value_reader()(limit) is None:
                raise ValueError(f"{limit} is not of type {field.type}")
        except Exception as error:  # re.error, and whatever a reader of values makes of it
            yield catalogue.issue(
                "descriptor-limit", **place, field=field.name, name=name, limit=limit, reason=error
            )


def _category_faults(field: frictionless.Field, place: dict[str, str]) -> Iterator[Issue]:
    categories = field.custom.get("categories", [])
    if not isinstance(categories, list) or not all(_is_category(item) for item in categories):
        yield catalogue.issue("descriptor-categories", **place, field=field.name)


def _is_category(item: Any) -> bool:
    value = item.get("value") if isinstance(item, dict) else item
    return isinstance(value, str | int)


def _unique_key_faults(resource: Resource, place: dict[str, str]) -> Iterator[Issue]:
    keys = resource.source.schema.custom.get("uniqueKeys", [])
    if not isinstance(keys, list) or not all(map(_is_unique_key, keys)):
        yield catalogue.issue("descriptor-unique-keys", **place)
        return
    for key in keys:
        for name in key:
            if name not in resource.positions:
                guess = catalogue.did_you_mean(name, resource.positions)
                yield catalogue.issue("descriptor-unique-field", **place, name=name, guess=guess)


def _is_unique_key(key: Any) -> bool:
    return isinstance(key, list) and bool(key) and all(isinstance(name, str) for name in key)
