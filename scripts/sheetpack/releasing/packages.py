"""What changed in what the descriptor says of the package as a whole, and in its views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sheetpack.edits.wording import ARROW, inert
from sheetpack.package import View
from sheetpack.releasing.reason import Reason
from sheetpack.releasing.state import State

# What has a rank of its own, or is set by the release itself.
APART = ("name", "version", "created", "licenses", "license", "sheetpack")


def reasons(old: State, new: State) -> Iterator[Reason]:
    """All changes that concern no single resource."""
    before, after = old.package.metadata, new.package.metadata
    if before.get("name") != after.get("name"):
        text = f"the package has another name: {old.package.name}{ARROW}{new.package.name}"
        yield Reason("major", "Changed", "", text)
    changed = licence_change(before, after)
    if changed:
        yield Reason("major", "Changed", "", f"the licence of the package: {changed}")
    said = [
        inert(name)
        for name in dict.fromkeys([*before, *after])
        if name not in APART and before.get(name) != after.get(name)
    ]
    if said:
        text = f"what the descriptor says of the package: {', '.join(said)}"
        yield Reason("patch", "Changed", "", text)
    if _settings(before) != _settings(after):
        yield Reason("patch", "Changed", "", "the settings of the package")
    yield from _of_views(old, new)


def licence_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The old and the new licences in words, "" where they are the same."""
    old, new = _licences(before), _licences(after)
    return "" if set(old) == set(new) else f"{', '.join(old)}{ARROW}{', '.join(new)}"


def _licences(said: Mapping[str, Any]) -> list[str]:
    """What licences are told apart by: their names, where they have none their pages."""
    listed = said.get("licenses") or said.get("license") or []
    each = listed if isinstance(listed, list) else [listed]
    parts = [one.get("name") or one.get("path") if isinstance(one, dict) else one for one in each]
    return sorted(inert(str(part)) for part in parts) or ["none"]


def _settings(said: Mapping[str, Any]) -> dict[str, Any]:
    settings = said.get("sheetpack") or {}
    return {name: value for name, value in settings.items() if name != "views"}


def _of_views(old: State, new: State) -> Iterator[Reason]:
    before = {view.name: view for view in old.package.views}
    after = {view.name: view for view in new.package.views}
    for name, view in before.items():
        if name not in after and view.outputs:
            yield Reason("major", "Removed", "", f"the reading sheet {inert(name)} is gone")
    for name, view in after.items():
        if name not in before:
            if view.outputs:
                yield Reason("minor", "Added", "", f"new reading sheet {inert(name)}")
        elif set(before[name].outputs) - set(view.outputs):
            gone = sorted(set(before[name].outputs) - set(view.outputs))
            text = f"the reading sheet {inert(name)} is no longer given as {', '.join(gone)}"
            yield Reason("major", "Removed", "", text)
        elif _differs(before[name], view) or old.queries[name] != new.queries[name]:
            yield Reason("patch", "Changed", "", f"how the reading sheet {inert(name)} is made")


def _differs(one: View, other: View) -> bool:
    """Do they differ in more than where their queries lie?"""
    parts = ("title", "description", "outputs", "settings")
    return any(getattr(one, part) != getattr(other, part) for part in parts)
