"""What a descriptor says about its package as a whole, of whatever version it is, made even."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sheetpack.package import Package

ORCID = re.compile(r"https?://(?:www\.)?orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?")
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
AUTHOR_ROLES = {"author", "creator", "datacollection", "datacurator", "datacuration", "wrangler"}


@dataclass(frozen=True)
class Contributor:
    """Somebody who took part: a person, or a group where the descriptor gives no two names.

    Attributes:
        name: The whole name, as people write it.
        given, family: The parts of a person's name; both "" where the descriptor has none.
        roles: As the descriptor says, in lower case.
        address: A page on the net, "" where there is none.
    """

    name: str
    given: str = ""
    family: str = ""
    organization: str = ""
    address: str = ""
    roles: tuple[str, ...] = ()

    @property
    def is_person(self) -> bool:
        return bool(self.given and self.family)

    @property
    def orcid(self) -> str:
        """The number of the ORCID page, "" where the address is none."""
        match = ORCID.fullmatch(self.address)
        return match[1] if match else ""


@dataclass(frozen=True)
class Licence:
    """A licence: its short name, its title and its page, each "" where it is not given."""

    name: str
    title: str = ""
    address: str = ""


@dataclass(frozen=True)
class Origin:
    """Something that the data was made from: its title, and its page or ""."""

    title: str
    address: str = ""


@dataclass(frozen=True)
class About:
    """The package as a whole. Whatever the descriptor does not say is "" or empty.

    Attributes:
        created: Its day, as in 2024-06-19.
        doi: The bare DOI, without an address before it.
        extra: Properties of the descriptor whose names begin with `rai:`, as they are.
    """

    name: str
    title: str
    description: str
    version: str
    created: str
    homepage: str
    doi: str
    keywords: tuple[str, ...]
    contributors: tuple[Contributor, ...]
    licences: tuple[Licence, ...]
    origins: tuple[Origin, ...]
    extra: dict[str, Any]

    @property
    def authors(self) -> tuple[Contributor, ...]:
        """Those whose role is to have made the data; everybody where nobody has such a role."""
        makers = tuple(one for one in self.contributors if AUTHOR_ROLES & set(one.roles))
        return makers or self.contributors


def about(package: Package) -> About:
    """Read what the descriptor says. What has the wrong form is left out."""
    said = package.metadata
    doi = DOI.fullmatch(_text(said.get("id")))
    return About(
        name=package.name,
        title=package.title,
        description=_text(said.get("description")),
        version=_text(said.get("version")),
        created=_day(said.get("created")),
        homepage=address(said.get("homepage")),
        doi=doi[1] if doi else "",
        keywords=tuple(dict.fromkeys(filter(None, map(_text, _list(said.get("keywords")))))),
        contributors=tuple(filter(None, map(_contributor, _objects(said.get("contributors"))))),
        licences=tuple(filter(None, map(_licence, _objects(said.get("licenses"))))),
        origins=tuple(filter(None, map(_origin, _objects(said.get("sources"))))),
        extra={name: value for name, value in said.items() if name.startswith("rai:")},
    )


def address(value: Any) -> str:
    """An address that a browser may be sent to, "" for anything else."""
    text = _text(value)
    is_page = text.lower().startswith(("http://", "https://"))
    return text if is_page and not re.search(r"\s", text) else ""


def _contributor(said: dict[str, Any]) -> Contributor | None:
    given, family = _text(said.get("givenName")), _text(said.get("familyName"))
    name = _text(said.get("title")) or f"{given} {family}".strip()
    roles = [*_list(said.get("roles")), said.get("role")]
    if not name:
        return None
    return Contributor(
        name=name,
        given=given,
        family=family,
        organization=_text(said.get("organization")),
        address=address(said.get("path")),
        roles=tuple(_text(role).lower() for role in roles if _text(role)),
    )


def _licence(said: dict[str, Any]) -> Licence | None:
    licence = Licence(_text(said.get("name")), _text(said.get("title")), address(said.get("path")))
    return licence if licence.name or licence.address else None


def _origin(said: dict[str, Any]) -> Origin | None:
    page = address(said.get("path"))
    title = _text(said.get("title")) or page
    return Origin(title, page) if title else None


def _day(value: Any) -> str:
    """The day of a moment, be it a text or what YAML has made of it."""
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return ""


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in _list(value) if isinstance(item, dict)]
