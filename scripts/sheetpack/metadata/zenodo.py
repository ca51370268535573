""".zenodo.json: what the archive Zenodo fills in when a release is deposited there."""

from __future__ import annotations

from html import escape
from typing import Any

from sheetpack.metadata.about import DOI, About, Contributor
from sheetpack.metadata.citation import NOBODY
from sheetpack.metadata.jsonld import encoded
from sheetpack.metadata.licences import spdx


def content(known: About) -> bytes:
    """The file `.zenodo.json`. Zenodo reads a description as HTML, so it is written as such."""
    licences = [spdx(licence.name) for licence in known.licences]
    said = {
        "upload_type": "dataset",
        "title": known.title,
        "description": f"<p>{escape(known.description or known.title)}</p>",
        "creators": [_creator(one) for one in known.authors] or [{"name": NOBODY}],
        "version": known.version,
        "license": licences[0].lower() if len(licences) == 1 else "",
        "keywords": list(known.keywords),
        "related_identifiers": [
            {
                "identifier": _identifier(origin.address),
                "relation": "isDerivedFrom",
                "scheme": "doi" if DOI.fullmatch(origin.address) else "url",
            }
            for origin in known.origins
            if origin.address
        ],
    }
    return encoded({name: value for name, value in said.items() if value})


def _creator(one: Contributor) -> dict[str, Any]:
    creator = {
        "name": f"{one.family}, {one.given}" if one.is_person else one.name,
        "affiliation": one.organization,
        "orcid": one.orcid,
    }
    return {name: value for name, value in creator.items() if value}


def _identifier(address: str) -> str:
    match = DOI.fullmatch(address)
    return match[1] if match else address
