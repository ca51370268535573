"""Version numbers, and how far a change raises them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

Rank = Literal["major", "minor", "patch"]
RANKS: tuple[Rank, ...] = ("major", "minor", "patch")

_NUMBER = "(0|[1-9][0-9]{0,8})"
_VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}")


class Version(NamedTuple):
    """A version in three numbers; versions compare as the numbers do."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def tag(self) -> str:
        """What git is to call it."""
        return f"v{self}"


def parse(text: object) -> Version | None:
    """The version that a text is, None where it is none of three numbers.

    >>> parse("1.20.3")
    Version(major=1, minor=20, patch=3)
    """
    match = _VERSION.fullmatch(text) if isinstance(text, str) else None
    return Version(*map(int, match.groups())) if match else None


def of_tag(tag: str) -> Version | None:
    """The version that a tag names, as in v1.20.3; None for any other tag."""
    return parse(tag[1:]) if tag.startswith("v") else None


def highest(ranks: Iterable[Rank]) -> Rank:
    """The rank that counts where there are several; a release without any is a patch."""
    return min(ranks, key=RANKS.index, default="patch")


def raised(version: Version, rank: Rank) -> Version:
    """The next version. Before 1.0.0 nothing is promised yet: major raises the middle number.

    >>> str(raised(Version(1, 4, 2), "minor")), str(raised(Version(0, 4, 2), "major"))
    ('1.5.0', '0.5.0')
    """
    if rank == "patch":
        return version._replace(patch=version.patch + 1)
    if rank == "minor" or version.major == 0:
        return Version(version.major, version.minor + 1, 0)
    return Version(version.major + 1, 0, 0)
