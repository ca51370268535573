from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import frictionless
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetpack import accepted, notation
from sheetpack.descriptor import FILE_NAMES
from sheetpack.issue import Refusal
from tests.conftest import PACKAGES

PATHS = sorted(path for name in FILE_NAMES for path in PACKAGES.glob(f"*/{name}"))
PATHS.append(Path(__file__).parents[1] / "datapackage.json")
READERS = {".json": notation.from_json, ".yaml": notation.from_yaml}
DESCRIPTORS = {path: READERS[path.suffix](path.read_text("utf-8")) for path in PATHS}

NAMES = ["name", "type", "format", "example", "profile", "title", "path", "data", "schema"]
NAMES += ["dialect", "missingValues", "constraints", "primaryKey", "foreignKeys", "hash", "bytes"]
NAMES += ["stats", "layout", "$schema", "profiles", "resources", "created", "licenses", "url"]
VALUES = [
    None,
    True,
    0,
    5,
    1.5,
    "",
    "a",
    "table",
    "any",
    "integer",
    "geojson",
    "A b",
    "no-file.json",
]
VALUES += [[], ["a"], [1], [None], {}, {"name": "a"}, {"a": None}, {"required": True}, "2024-13-13"]


def validated_twice(descriptor: dict[str, Any], folder: Path) -> frictionless.Package:
    """What `accepted.package` saves: all is looked at again, whatever became of it."""
    made = frictionless.Package.from_descriptor(deepcopy(descriptor), basepath=str(folder))
    for resource in made.resources:
        if resource.tabular:
            accepted._fetch_parts(resource)
    made.to_descriptor(validate=True)
    return made


def outcome(function: Callable, descriptor: dict[str, Any], folder: Path) -> object:
    """The package that comes of it, described again, or what was said against it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(descriptor, folder).to_descriptor()
    except Refusal as refusal:
        return refusal.issues
    except frictionless.FrictionlessException as error:
        return [reason.note for reason in error.reasons or [error.error]]
    except Exception as error:
        return type(error), str(error)


def is_accepted(descriptor: dict[str, Any]) -> bool:
    return isinstance(outcome(accepted.package, descriptor, PACKAGES), dict)


def places(part: Any) -> Iterator[tuple[Any, Any]]:
    """Every object and list in a descriptor, with each of its keys."""
    for key in list(part) if isinstance(part, dict) else range(len(part)):
        yield part, key
        if isinstance(part[key], dict | list):
            yield from places(part[key])


def spoilt(descriptor: dict[str, Any], count: int, chance: random.Random) -> dict[str, Any]:
    """A copy of a descriptor in which so many things are otherwise, or are not there."""
    made = deepcopy(descriptor)
    for _ in range(count):
        found = list(places(made))
        if not found:
            break
        part, key = chance.choice(found)
        if chance.random() < 0.3:
            del part[key]
        elif chance.random() < 0.5 and isinstance(part, dict):
            part[chance.choice(NAMES)] = deepcopy(chance.choice(VALUES))
        else:
            part[key] = deepcopy(chance.choice(VALUES))
    return made


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parent.name)
def test_every_package_is_accepted_or_not_as_where_all_is_looked_at_twice(path):
    descriptor = DESCRIPTORS[path]
    wanted = outcome(validated_twice, descriptor, path.parent)
    assert outcome(accepted.package, descriptor, path.parent) == wanted


@settings(deadline=None)
@given(st.sampled_from(PATHS[:-1]), st.integers(1, 4), st.randoms(use_true_random=False))
def test_spoilt_descriptors_are_accepted_or_not_as_where_all_is_looked_at_twice(
    path, count, chance
):
    descriptor = spoilt(DESCRIPTORS[path], count, chance)
    wanted = outcome(validated_twice, descriptor, path.parent)
    assert outcome(accepted.package, descriptor, path.parent) == wanted


def test_what_was_filled_in_is_looked_at_again():
    # Without a type, the field is one of texts: for those, five is no example.
    fields = [{"name": "id", "example": 5}]
    resource = {"name": "t", "path": "t.csv", "schema": {"fields": fields}}
    assert not is_accepted({"resources": [resource]})


def test_the_given_descriptor_is_left_as_it_is():
    given = {"resources": [{"name": "t", "path": ["t.csv"], "schema": {"fields": []}}]}
    before = deepcopy(given)
    assert is_accepted(given)
    assert given == before
