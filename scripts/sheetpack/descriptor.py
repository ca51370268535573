"""From a descriptor file to a `Package`; what cannot be worked on is refused in one sentence."""

from __future__ import annotations

import json
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import frictionless
import yaml

from sheetpack import accepted, catalogue, contract, files, inside, notation, rawfile, settings
from sheetpack.issue import Issue, Refusal
from sheetpack.package import Field, ForeignKey, Package, Resource, View

SUFFIXES = (".json", ".yaml", ".yml")
FILE_NAMES = ("datapackage.json", "datapackage.yaml", "datapackage.yml")
NOT_FETCHED = "cannot retrieve metadata"  # so Frictionless begins to say it


def load(path: Path | str) -> Package:
    """Read a descriptor and everything it says about its resources, but not their rows.

    The fields of a resource without a schema are taken from its data, as Frictionless
    guesses them.

    Args:
        path: A descriptor in JSON or YAML, or the folder that holds one.

    Raises:
        Refusal: There is no descriptor, or nobody could work with what it says.
    """
    path = _locate(Path(path))
    descriptor = _parse(path)
    outside = list(inside.faults(descriptor, path.parent, path.name))
    if outside:
        raise Refusal(*outside)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # deprecations in somebody's descriptor are not our news
        package = _convert(path, descriptor)
    problems = [*contract.faults(package), *settings.faults(package)]
    if problems:
        raise Refusal(*problems)
    return replace(package, views=_views(package))


def _locate(path: Path) -> Path:
    path = _absolute(path)
    if not files.is_there(path):
        raise Refusal(catalogue.issue("descriptor-missing", file=path.name, path=path))
    if path.is_dir():
        for name in FILE_NAMES:
            if (path / name).is_file():
                return path / name
        raise Refusal(catalogue.issue("descriptor-not-in-folder", folder=path.name))
    if path.suffix.lower() not in SUFFIXES:
        raise Refusal(catalogue.issue("descriptor-kind", file=path.name))
    return path


def _absolute(path: Path) -> Path:
    """The path without steps back, so that one file has one name; other links in it stay."""
    path = path.absolute()
    if ".." not in path.parts:
        return path
    return path.resolve() if path.name == ".." else path.parent.resolve() / path.name


def _parse(path: Path) -> dict[str, Any]:
    """The descriptor as a mapping. Syntax errors are told with line and column."""

    def refuse(code: str, **facts: Any) -> Refusal:
        return Refusal(catalogue.issue(code, file=path.name, **facts))

    try:
        if path.stat().st_size > notation.LARGEST_FILE:
            raise refuse("descriptor-large", limit=f"{notation.LARGEST_FILE // 1_000_000} MB")
        text = path.read_bytes().decode("utf-8-sig")  # Windows begins a text with a mark
    except OSError as error:
        raise refuse("descriptor-unreadable", reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise refuse("descriptor-encoding", byte=error.start + 1) from error
    try:
        is_yaml = path.suffix.lower() in (".yaml", ".yml")
        descriptor = notation.from_yaml(text) if is_yaml else notation.from_json(text)
    except json.JSONDecodeError as error:
        raise refuse(
            "descriptor-syntax", line=error.lineno, position=error.colno, reason=error.msg
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise refuse(
            "descriptor-syntax",
            line=mark.line + 1 if mark else "?",
            position=mark.column + 1 if mark else "?",
            reason=getattr(error, "problem", None) or error,
        ) from error
    except notation.TooLarge as error:
        raise refuse("descriptor-large", limit=error) from error
    except notation.TooDeep as error:
        raise refuse("descriptor-deep", limit=notation.DEEPEST) from error
    except notation.HalfCharacter as error:
        raise refuse("descriptor-half-character") from error
    except ValueError as error:
        raise refuse("descriptor-crash", reason=error) from error
    if not isinstance(descriptor, dict):
        raise refuse("descriptor-shape")
    return descriptor


def _convert(path: Path, descriptor: dict[str, Any]) -> Package:
    try:
        source = accepted.package(descriptor, path.parent)
        resources = tuple(_resource(each) for each in source.resources if each.tabular)
    except Refusal:
        raise
    except frictionless.FrictionlessException as exception:
        raise Refusal(*_metadata_issues(path.name, descriptor, exception)) from exception
    except Exception as exception:  # frictionless raises bare errors on some descriptors
        raise Refusal(
            catalogue.issue("descriptor-crash", file=path.name, reason=exception)
        ) from exception
    if not resources:
        raise Refusal(catalogue.issue("descriptor-no-tables", file=path.name))
    return Package(
        path=path,
        name=source.name or path.parent.name,
        title=source.title or source.name or path.parent.name,
        metadata={key: value for key, value in descriptor.items() if key != "resources"},
        resources=resources,
        settings=descriptor.get("sheetpack", {}),
        others=tuple(resource for resource in source.resources if not resource.tabular),
    )


def _resource(source: frictionless.Resource) -> Resource:
    """One of our resources; its foreign keys move over here, as we check them ourselves.

    Frictionless would read each referred table a second time.
    """
    encoding = source.get_defined("encoding", default="")
    if not source.schema.fields:
        _guess_fields(source)
    schema = source.schema
    foreign_keys = tuple(
        ForeignKey(
            fields=tuple(key["fields"]),
            reference=key["reference"]["resource"] or source.name,
            reference_fields=tuple(key["reference"]["fields"]),
        )
        for key in schema.foreign_keys
    )
    schema.foreign_keys = []
    return Resource(
        name=source.name,
        title=source.title or source.name,
        description=source.description or "",
        file=source.path or "",
        fields=tuple(_field(field) for field in schema.fields),
        encoding=encoding,
        primary_key=tuple(schema.primary_key),
        unique_keys=tuple(tuple(key) for key in _lists(schema.custom.get("uniqueKeys"))),
        foreign_keys=foreign_keys,
        settings=source.custom.get("sheetpack", {}),
        source=source,
    )


def _lists(value: Any) -> list[list[Any]]:
    """The lists in a list, where it is one; `contract.faults` tells of anything else."""
    return [item for item in value if isinstance(item, list)] if isinstance(value, list) else []


def _field(source: frictionless.Field) -> Field:
    categories = source.custom.get("categories")
    categories = categories if isinstance(categories, list) else ()
    own = source.has_defined("missing_values") or not source.schema
    return Field(
        name=source.name,
        type=source.type,
        format=source.format,
        title=source.title or source.name,
        description=source.description or "",
        example="" if source.example is None else str(source.example),
        constraints=dict(source.constraints),
        categories=tuple(c.get("value") if isinstance(c, dict) else c for c in categories),
        blanks=tuple(map(str, (source if own else source.schema).missing_values)),
        settings=source.custom.get("sheetpack", {}),
    )


def _guess_fields(source: frictionless.Resource) -> None:
    """Let Frictionless guess a schema; a file it cannot read is told when it is read.

    A copy is opened, as opening writes all that is guessed into the resource.
    """
    copy = source.to_copy()
    rawfile.settle_encoding(copy)
    try:
        copy.infer()
    except Exception:  # the reader of a foreign file can fail in any way
        return
    source.schema = copy.schema


def _views(package: Package) -> tuple[View, ...]:
    return tuple(
        View(
            name=view["name"],
            path=package.folder / view["path"],
            title=view.get("title") or view["name"],
            description=view.get("description", ""),
            outputs=tuple(view.get("outputs", ("sheet", "csv"))),
            settings={key: view[key] for key in view.keys() & {"link", "byteOrderMark"}},
        )
        for view in package.settings.get("views", ())
    )


def _metadata_issues(
    file: str, descriptor: dict[str, Any], exception: frictionless.FrictionlessException
) -> Iterator[Issue]:
    """What Frictionless says about the descriptor, with the table and column it does not name."""
    version = frictionless.Package.effective_datapackage_version(descriptor, None)
    places = defaultdict(list)
    for number, resource in enumerate(_objects(descriptor.get("resources")), start=1):
        name = resource.get("name")
        table = f"the table “{name}”" if name else f"table number {number}"
        schema = resource.get("schema")
        fields = schema.get("fields") if isinstance(schema, dict) else None
        of_fields: Counter[str] = Counter()
        for position, field in enumerate(_objects(fields), start=1):
            title = field.get("name")
            column = f"the column “{title}”" if title else f"column number {position}"
            for note in _notes(frictionless.Field, field, version):
                places[note].append((name, title, f" (in {column} of {table})"))
                of_fields[note] += 1
        # A table repeats what its columns said already.
        for note in (
            Counter(_notes(frictionless.Resource, resource, version)) - of_fields
        ).elements():
            places[note].append((name, None, f" (in {table})"))
    for error in exception.reasons or [exception.error]:
        found = places[error.note]
        resource, field, where = found.pop(0) if found else (None, None, "")
        yield catalogue.issue(
            "descriptor-elsewhere" if error.note.startswith(NOT_FETCHED) else "descriptor-invalid",
            file=file,
            resource=str(resource or ""),
            field=str(field or ""),
            where=where,
            reason=error.note,
        )


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _notes(kind: type[frictionless.Metadata], part: dict[str, Any], version: str) -> list[str]:
    """What Frictionless says about one part of a descriptor of that version, by itself."""
    try:
        kind.from_descriptor(deepcopy(part), datapackage_version=version)
    except frictionless.FrictionlessException as exception:
        return [error.note for error in exception.reasons or [exception.error]]
    except Exception:
        return []
    return []
