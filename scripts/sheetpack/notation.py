"""JSON and YAML from a stranger: read whole, or refused before they take all memory or time.

A few lines of YAML can stand for billions of values, or for themselves, as a part may be
named once and repeated by its name.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import yaml

LARGEST_FILE = 50_000_000  # bytes of a descriptor
MOST_VALUES = 1_000_000  # in YAML, each repetition counted
DEEPEST = 100  # lists and objects in one another


class TooLarge(ValueError):
    """It stands for more than anybody could write; the message says how much is allowed."""


class TooDeep(ValueError):
    """It is nested too deep, or holds itself."""


def from_json(text: str) -> Any:
    """What a JSON text says. Raises `json.JSONDecodeError`, `TooDeep`, or another `ValueError`."""
    try:
        content = json.loads(text)
    except RecursionError as error:
        raise TooDeep from error
    level = [content]
    for _ in range(DEEPEST):
        level = [
            part
            for each in level
            if isinstance(each, dict | list)
            for part in (each.values() if isinstance(each, dict) else each)
        ]
    if any(isinstance(each, dict | list) for each in level):
        raise TooDeep
    return content


def from_yaml(text: str) -> Any:
    """What a YAML text says. Raises `yaml.YAMLError`, `TooDeep`, `TooLarge` or a `ValueError`."""
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _extent(node, {})
        return loader.construct_document(node)
    except RecursionError as error:
        raise TooDeep from error
    finally:
        loader.dispose()


class _Extent(NamedTuple):
    """How many values a part stands for, and how deep they are nested."""

    values: int
    depth: int


def _extent(node: yaml.Node, known: dict[int, _Extent | None]) -> _Extent:
    """The extent of a part, all that is repeated counted each time."""
    if isinstance(node, yaml.ScalarNode):
        return _Extent(1, 0)
    if id(node) not in known:
        known[id(node)] = None  # whoever finds this has found a part that holds itself
        parts = node.value
        if isinstance(node, yaml.MappingNode):
            parts = [part for pair in parts for part in pair]
        extents = [_extent(part, known) for part in parts]
        values = 1 + sum(extent.values for extent in extents)
        depth = 1 + max((extent.depth for extent in extents), default=0)
        if values > MOST_VALUES:
            raise TooLarge(f"{MOST_VALUES:,} values")
        if depth > DEEPEST:
            raise TooDeep
        known[id(node)] = _Extent(values, depth)
    found = known[id(node)]
    if found is None:
        raise TooDeep
    return found
