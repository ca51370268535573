"""schema.org/Dataset in JSON-LD: what search engines for data read from a web page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sheetpack.metadata.about import About, Contributor, Licence
from sheetpack.metadata.parts import Part

# Written out, so that the file can be read where there is no net.
CONTEXT = {"@vocab": "https://schema.org/"}


def content(known: About, data: Sequence[Part]) -> bytes:
    """The file `dataset.jsonld`."""
    return encoded(
        {
            "@context": CONTEXT,
            "@type": "Dataset",
            **described(known),
            "distribution": [_download(part) for part in data],
        }
    )


def described(known: About) -> dict[str, Any]:
    """The package as a whole in the words of schema.org, without what nobody said."""
    return {
        name: value
        for name, value in {
            "name": known.title,
            "alternateName": known.name if known.name != known.title else "",
            "description": known.description,
            "identifier": f"https://doi.org/{known.doi}" if known.doi else "",
            "url": known.homepage,
            "version": known.version,
            "dateCreated": known.created,
            "datePublished": known.created,
            "keywords": list(known.keywords),
            "license": _one_or_all([_licence(licence) for licence in known.licences]),
            "creator": [_maker(one) for one in known.authors],
            "contributor": [_maker(one) for one in known.contributors if one not in known.authors],
            "isBasedOn": [
                {"@type": "CreativeWork", "name": origin.title}
                | ({"url": origin.address} if origin.address else {})
                for origin in known.origins
            ],
        }.items()
        if value
    }


def encoded(value: Any) -> bytes:
    """JSON that may also stand inside a web page: nothing in it can end a script element.

    A half of a surrogate pair, which UTF-8 does not know, is written as an escape.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    for character in "<>&\u2028\u2029":  # outside of texts, JSON has none of them
        text = text.replace(character, f"\\u{ord(character):04x}")
    return (text + "\n").encode("utf-8", "backslashreplace")


def _download(part: Part) -> dict[str, Any]:
    download = {
        "@type": "DataDownload",
        "name": part.title,
        "description": part.description,
        "contentUrl": part.address,
        "encodingFormat": part.media_type,
        "contentSize": f"{part.size} B" if part.size else "",
        "sha256": part.sha256,
    }
    return {name: value for name, value in download.items() if value}


def _maker(one: Contributor) -> dict[str, Any]:
    """A person where the descriptor gives both names, else a group: titles don't tell."""
    if not one.is_person:
        maker = {"@type": "Organization", "name": one.name, "url": one.address}
    else:
        maker = {
            "@type": "Person",
            "name": one.name,
            "givenName": one.given,
            "familyName": one.family,
            "url": one.address,
        }
    if one.is_person and one.organization:
        maker["affiliation"] = {"@type": "Organization", "name": one.organization}
    return {name: value for name, value in maker.items() if value}


def _licence(licence: Licence) -> str:
    return licence.address or licence.title or licence.name


def _one_or_all(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values
