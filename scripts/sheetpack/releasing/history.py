"""What git knows that a release depends on. Nothing is ever changed there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from sheetpack import catalogue, revision
from sheetpack.issue import Refusal
from sheetpack.releasing.version import of_tag

DIFFERING = ("diff", "--name-only", "--relative", "--no-renames", "--no-ext-diff", "-z", "HEAD")


def last_release(folder: Path) -> str | None:
    """The tag of the newest release that the present state comes from, None if there is none.

    Tags are those of the form v1.2.3; the highest version is the newest.

    Raises:
        Refusal: There is no repository, nothing in it, or so little that tags may be missing.
    """
    _lines(folder, "rev-parse", "--git-dir")  # refuses where there is no repository
    if revision.git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").returncode:
        raise Refusal(catalogue.issue("release-no-commit"))
    tags = [tag for tag in _lines(folder, "tag", "--list", "v*", "--merged", "HEAD") if of_tag(tag)]
    if not tags and _lines(folder, "rev-parse", "--is-shallow-repository") == ["true"]:
        raise Refusal(catalogue.issue("release-shallow"))
    return max(tags, key=of_tag, default=None)


def has_tag(folder: Path, tag: str) -> bool:
    """Does the repository have this tag, wherever it stands?"""
    return tag in _lines(folder, "tag", "--list", tag)


def day(folder: Path) -> str:
    """The day of the present commit, as in 2024-06-19: the same on any day, at any place."""
    (found,) = _lines(folder, "show", "-s", "--no-show-signature", "--format=%cs", "HEAD")
    return found


def tracked(folder: Path, files: Iterable[Path]) -> set[str]:
    """Those of the files that git keeps, as seen from the folder."""
    return set(_names(folder, ["ls-files", "-z"], files))


def uncommitted(folder: Path, files: Sequence[Path]) -> list[str]:
    """Those of the files that are not as in the last commit, or in none, seen from the folder."""
    kept = tracked(folder, files)
    differing = _names(folder, DIFFERING, files)
    named = (Path(os.path.relpath(file, folder)).as_posix() for file in files)
    return sorted({*differing, *(name for name in named if name not in kept)})


def _names(folder: Path, command: Sequence[str], files: Iterable[Path]) -> list[str]:
    paths = [os.path.relpath(file, folder) for file in files]
    if not paths:
        return []
    said = _run(folder, "--literal-pathspecs", *command, "--", *paths)
    return [os.fsdecode(name) for name in said.split(b"\0") if name]


def _lines(folder: Path, *arguments: str) -> list[str]:
    return os.fsdecode(_run(folder, *arguments)).splitlines()


def _run(folder: Path, *arguments: str) -> bytes:
    done = revision.git(folder, *arguments)
    if done.returncode:
        reason = revision.said(done)
        if "not a git repository" in reason:
            raise Refusal(catalogue.issue("release-no-repository", folder=folder.name))
        raise Refusal(catalogue.issue("release-git", reason=reason))
    return done.stdout
