"""A descriptor as Frictionless's own objects, once Frictionless has found nothing wrong with it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import frictionless

from sheetpack import catalogue
from sheetpack.issue import Refusal


def package(descriptor: dict[str, Any], folder: Path) -> frictionless.Package:
    """The package that a descriptor describes.

    Frictionless looks at what it is given, and again at what it made of it, as it may fill in
    what was left out: with nothing filled in, the answer is known.

    Args:
        descriptor: It is left as it is.
        folder: Where it lies.

    Raises:
        FrictionlessException: It is not valid.
        Refusal: A part of it, in a file of its own, cannot be had or is not valid.
        Exception: Anything else; Frictionless fails in many ways on what it does not expect.
    """
    given = deepcopy(descriptor)
    frictionless.Package.metadata_transform(given)  # to the words of its newest version
    made = frictionless.Package.from_descriptor(given, basepath=str(folder))
    for resource in made.resources:
        if resource.tabular:
            _fetch_parts(resource)
    if made.to_descriptor() != given:
        made.to_descriptor(validate=True)
    return made


def _fetch_parts(resource: frictionless.Resource) -> None:
    """Fetch a schema or dialect that lies in a file of its own, or on a server."""
    try:
        _ = resource.dialect, resource.schema
    except frictionless.FrictionlessException as exception:
        notes = [error.note for error in exception.reasons or [exception.error]]
        raise Refusal(
            *(
                catalogue.issue("descriptor-part", resource=resource.name, reason=note)
                for note in notes
            )
        ) from exception
