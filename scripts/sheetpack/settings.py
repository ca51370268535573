"""The `sheetpack` settings of a descriptor: which there are, and whether they make sense.

They are described for people in `docs/settings.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sheetpack import catalogue, inside
from sheetpack.exports import FORMATS
from sheetpack.issue import Issue
from sheetpack.package import Field, Package, Resource

YES_NO, TEXT, LIST, OBJECT = "true or false", "a text", "a list", "an object in braces"
COUNT = "a whole number above 0"
KINDS = {YES_NO: bool, TEXT: str, LIST: list, OBJECT: dict, COUNT: int}

PACKAGE = {
    "strict": YES_NO,
    "rules": TEXT,
    "views": LIST,
    "exports": LIST,
    "codes": OBJECT,
    "verify": OBJECT,
}
RESOURCE = {"label": TEXT, "sharedIds": YES_NO, "group": TEXT}
FIELD = {"codes": TEXT, "anyId": YES_NO, "edtf": OBJECT}
VIEW = {
    "name": TEXT,
    "path": TEXT,
    "title": TEXT,
    "description": TEXT,
    "outputs": LIST,
    "link": TEXT,
    "byteOrderMark": YES_NO,
}
CODES = {"resource": TEXT, "list": TEXT, "code": TEXT, "label": TEXT}
EDTF = {"earliest": TEXT, "latest": TEXT}
VERIFY = {
    "texts": OBJECT,
    "quotes": OBJECT,
    "places": LIST,
    "marks": TEXT,
    "longestRun": COUNT,
    "exempt": LIST,
    "notCoded": TEXT,
    "record": TEXT,
}
VERIFY_TEXTS = {"resource": TEXT, "sha256": TEXT, "whole": TEXT, "first": TEXT, "last": TEXT}
VERIFY_QUOTES = {"resource": TEXT, "text": TEXT, "source": TEXT, "paragraph": TEXT}
VERIFY_PLACE = {"resource": TEXT, "source": TEXT, "paragraph": TEXT, "record": TEXT}
VERIFY_EXEMPT = {"resource": TEXT, "field": TEXT}

GROUPS = ("data", "reference")
OUTPUTS = ("sheet", "csv")


def faults(package: Package) -> Iterator[Issue]:
    """What is wrong with the settings: unknown ones, wrong kinds, names of what does not exist."""
    place = _Place(package)
    _package_faults(package, place)
    yield from place.found
    for resource in package.resources:
        yield from _resource_faults(package, resource)


class _Place:
    """Where in the descriptor we are; collects issues that name the place."""

    def __init__(self, package: Package, resource: Resource | None = None, field: str = ""):
        self.file = package.path.name
        self.resource = resource.name if resource else ""
        self.field = field
        self.found: list[Issue] = []

    def add(self, code: str, setting: str, **facts: Any) -> None:
        where = "the package"
        if self.resource:
            where = f"the table “{self.resource}”"
        if self.field:
            where = f"the column “{self.field}” of {where}"
        self.found.append(
            catalogue.issue(
                code,
                file=self.file,
                resource=self.resource,
                field=self.field,
                where=where,
                setting=setting,
                **facts,
            )
        )

    def usable(
        self, settings: Any, known: dict[str, str], within: str = "sheetpack", needed: Iterable = ()
    ) -> dict[str, Any]:
        """Those of the settings that are known and of the right kind; tells of the others."""
        if not isinstance(settings, dict):
            self.add("setting-kind", within, wanted=OBJECT)
            return {}
        good = {}
        for name, value in settings.items():
            if name not in known:
                guess = catalogue.did_you_mean(name, known)
                self.add("setting-unknown", f"{within}.{name}", guess=guess, known=list(known))
            elif not isinstance(value, KINDS[known[name]]):
                self.add("setting-kind", f"{within}.{name}", wanted=known[name])
            else:
                good[name] = value
        for name in needed:
            if name not in settings:
                self.add("setting-missing", f"{within}.{name}")
        return good

    def is_one_of(self, value: Any, allowed: Iterable[str], setting: str) -> bool:
        allowed = list(allowed)
        if value in allowed:
            return True
        guess = catalogue.did_you_mean(value, allowed)
        self.add("setting-value", setting, value=value, guess=guess, allowed=allowed)
        return False

    def exists(self, folder: Path, path: str, setting: str, *, is_folder: bool = False) -> None:
        """Is it a file (or folder) of the package's own folder?"""
        target = folder / path
        there = target.is_dir() if is_folder else target.is_file()
        if self.is_inside(folder, path, setting) and not there:
            self.add("setting-file", setting, path=path, kind="folder" if is_folder else "file")

    def is_inside(self, folder: Path, path: str, setting: str) -> bool:
        """Does the path stay in the package's own folder, whether or not it exists?"""
        stays = inside.is_inside(folder / path, folder)
        if not stays:
            self.add("setting-outside", setting, path=path)
        return stays


def _package_faults(package: Package, place: _Place) -> None:
    settings = place.usable(package.settings, PACKAGE)
    if "rules" in settings:
        place.exists(package.folder, settings["rules"], "sheetpack.rules", is_folder=True)
    names: set[str] = set()
    for at, view in enumerate(settings.get("views", [])):
        setting = f"sheetpack.views[{at}]"
        view = place.usable(view, VIEW, setting, needed=("name", "path"))
        if "path" in view:
            place.exists(package.folder, view["path"], f"{setting}.path")
        for output in view.get("outputs", ()):
            place.is_one_of(output, OUTPUTS, f"{setting}.outputs")
        if view.get("name") in names:
            place.add("setting-twice", f"{setting}.name", value=view["name"])
        names |= {view["name"]} if "name" in view else set()
    for name in settings.get("exports", ()):
        place.is_one_of(name, FORMATS, "sheetpack.exports")
    if "codes" in settings:
        needed = ("resource", "list", "code", "label")
        _columns_faults(package, settings["codes"], CODES, "sheetpack.codes", needed, place)
    if "verify" in settings:
        _verify_faults(package, settings["verify"], place)


def _columns_faults(
    package: Package,
    value: Any,
    known: dict[str, str],
    within: str,
    needed: Iterable[str],
    place: _Place,
) -> Resource | None:
    """Faults of a setting that names a resource, and fields of it; returns the resource."""
    columns = place.usable(value, known, within, needed)
    if "resource" not in columns:
        return None
    name = columns.pop("resource")
    resources = [resource.name for resource in package.resources]
    if not place.is_one_of(name, resources, f"{within}.resource"):
        return None
    resource = package.resource(name)
    for name, field in columns.items():
        place.is_one_of(field, resource.positions, f"{within}.{name}")
    return resource


def _verify_faults(package: Package, verify: dict[str, Any], place: _Place) -> None:
    within = "sheetpack.verify"
    verify = place.usable(verify, VERIFY, within, needed=("texts", "quotes", "record"))
    parts = (
        ("texts", VERIFY_TEXTS, ("resource", "sha256")),
        ("quotes", VERIFY_QUOTES, VERIFY_QUOTES),
    )
    for name, known, needed in parts:
        if name in verify:
            setting = f"{within}.{name}"
            resource = _columns_faults(package, verify[name], known, setting, needed, place)
            if resource and len(resource.primary_key) != 1:
                place.add("setting-shared-ids", setting)
    lists = (
        ("places", VERIFY_PLACE, ("resource", "source", "paragraph")),
        ("exempt", VERIFY_EXEMPT, VERIFY_EXEMPT),
    )
    for name, known, needed in lists:
        for at, value in enumerate(verify.get(name, ())):
            _columns_faults(package, value, known, f"{within}.{name}[{at}]", needed, place)
    if "notCoded" in verify:
        place.exists(package.folder, verify["notCoded"], f"{within}.notCoded")
    if "record" in verify:
        place.is_inside(package.folder, verify["record"], f"{within}.record")
    if verify.get("longestRun", 1) < 1 or verify.get("longestRun") is True:
        place.add("setting-kind", f"{within}.longestRun", wanted=COUNT)


def _resource_faults(package: Package, resource: Resource) -> Iterator[Issue]:
    place = _Place(package, resource)
    settings = place.usable(resource.settings, RESOURCE)
    if "label" in settings:
        place.is_one_of(settings["label"], resource.positions, "sheetpack.label")
    if "group" in settings:
        place.is_one_of(settings["group"], GROUPS, "sheetpack.group")
    if settings.get("sharedIds") and len(resource.primary_key) != 1:
        place.add("setting-shared-ids", "sheetpack.sharedIds")
    yield from place.found
    for field in resource.fields:
        yield from _field_faults(package, resource, field)


def _field_faults(package: Package, resource: Resource, field: Field) -> Iterator[Issue]:
    place = _Place(package, resource, field.name)
    settings = field.settings
    if isinstance(settings, dict) and settings.get("edtf") is True:
        settings = {name: value for name, value in settings.items() if name != "edtf"}
    settings = place.usable(settings, FIELD)
    if "codes" in settings and "codes" not in package.settings:
        place.add("setting-codes", "sheetpack.codes")
    if "edtf" in settings:
        edtf = place.usable(settings["edtf"], EDTF, "sheetpack.edtf", needed=EDTF)
        for name, other in edtf.items():
            place.is_one_of(other, resource.positions, f"sheetpack.edtf.{name}")
    yield from place.found
