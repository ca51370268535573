"""Putting a version into a descriptor, and leaving every other character of it alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from sheetpack import catalogue, notation
from sheetpack.issue import Refusal

MARK = "\ufeff"  # Windows begins a text with it
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[][{}:,]')

Span = tuple[int, int]


def parse(data: bytes, suffix: str) -> dict[str, Any]:
    """The descriptor as a mapping; it is known to be one.

    Args:
        suffix: That of its file, which says whether it is JSON or YAML.
    """
    text = data.decode("utf-8-sig")
    return notation.from_yaml(text) if _is_yaml(suffix) else notation.from_json(text)


def stamped(path: Path, version: str, day: str) -> bytes:
    """The descriptor with this version and, where it says when it was created, with that day.

    Raises:
        Refusal: It has no version, or has one where it cannot be put safely.
    """
    data = path.read_bytes()
    text = data.decode("utf-8").removeprefix(MARK)
    find = _spans_in_yaml if _is_yaml(path.suffix) else _spans_in_json
    before = parse(data, path.suffix)
    after = {"version": version}
    if "created" in before:
        after["created"] = f"{day}T00:00:00Z"
    spans = find(text)
    if not after.keys() <= spans.keys():
        raise Refusal(catalogue.issue("release-stamp", file=path.name))
    # From the end, so that the places that are still to come stay where they are.
    for name, value in sorted(after.items(), key=lambda item: spans[item[0]], reverse=True):
        start, end = spans[name]
        text = text[:start] + _quoted(value, text[start]) + text[end:]
    made = text.encode()
    if data.startswith(MARK.encode()):
        made = MARK.encode() + made
    if not _says(made, path.suffix, before | after):
        raise Refusal(catalogue.issue("release-stamp", file=path.name))
    return made


def _is_yaml(suffix: str) -> bool:
    return suffix.lower() in (".yaml", ".yml")


def _says(data: bytes, suffix: str, wanted: dict[str, Any]) -> bool:
    """Does the descriptor say exactly this? However it is spelt, nothing else may have changed."""
    try:
        return parse(data, suffix) == wanted
    except (yaml.YAMLError, ValueError):
        return False


def _quoted(value: str, quote: str) -> str:
    return f"{quote}{value}{quote}" if quote in "\"'" else value


def _spans_in_json(text: str) -> dict[str, Span]:
    """Where the texts stand that are values of the outermost object, quotation marks included."""
    found: dict[str, Span] = {}
    depth, last, key = 0, None, None
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token[0] == '"':
            if depth == 1 and key is not None:
                found[key] = match.span()
                key = None
            last = token
        elif token == ":":
            key = json.loads(last) if depth == 1 and last else None
        else:
            depth += {"[": 1, "{": 1, ",": 0}.get(token, -1)
            key = None
    return found


def _spans_in_yaml(text: str) -> dict[str, Span]:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return {
        key.value: (value.start_mark.index, value.end_mark.index)
        for key, value in root.value
        if isinstance(value, yaml.ScalarNode) and value.style in (None, "'", '"')
    }
