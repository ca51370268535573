"""JSON and YAML from a stranger: read whole, or refused before they take all memory or time.

A few lines of YAML can stand for billions of values, or for themselves, as a part may be
named once and repeated by its name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

LARGEST_FILE = 50_000_000  # bytes of a descriptor
MOST_VALUES = 1_000_000  # in YAML, each repetition counted
DEEPEST = 100  # lists and objects in one another
HALF = re.compile("[\ud800-\udfff]")
ESCAPE = re.compile(r"\\[uU]")
TEXT = "tag:yaml.org,2002:str"
MERGE = "tag:yaml.org,2002:merge"  # the key << takes over what another part says


class TooLarge(ValueError):
    """It stands for more than anybody could write; the message says how much is allowed."""


class TooDeep(ValueError):
    """It is nested too deep, or holds itself."""


class HalfCharacter(ValueError):
    """A text in it holds one half of a character of two halves, which no file can hold."""


def from_json(text: str) -> Any:
    """What a JSON text says.

    Raises:
        ValueError: It is no JSON (`json.JSONDecodeError`), `TooDeep`, or a `HalfCharacter`.
    """
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
    _refuse_halves(text, content)
    return content


def from_yaml(text: str) -> Any:
    """What a YAML text says; names are texts as they are written, also where they look like dates.

    Raises:
        yaml.YAMLError: It is no YAML.
        ValueError: `TooDeep`, `TooLarge`, a `HalfCharacter`, or a date that is none.
    """
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _extent(node, {})
        _name_in_text(node, set())
        content = loader.construct_document(node)
        _refuse_halves(text, content)
        return content
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


def _name_in_text(node: yaml.Node, done: set[int]) -> None:
    """Have every name in a mapping read as the text that it is, as in JSON."""
    if isinstance(node, yaml.ScalarNode) or id(node) in done:
        return
    done.add(id(node))
    for part in node.value:
        if isinstance(node, yaml.MappingNode):
            name, part = part
            if isinstance(name, yaml.ScalarNode) and name.tag != MERGE:
                name.tag = TEXT
        _name_in_text(part, done)


def _refuse_halves(text: str, content: Any) -> None:
    """Raises `HalfCharacter`. Only what is written as an escape can be one."""
    if ESCAPE.search(text) and any(HALF.search(each) for each in _texts(content)):
        raise HalfCharacter


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for each in [*content, *content.values()] if isinstance(content, dict) else content:
            yield from _texts(each)
