"""A release, worked out: its version, its entry in the changelog, every file it writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sheetpack import build as building
from sheetpack import catalogue, metadata
from sheetpack.edits.changes_book import book
from sheetpack.edits.model import Changes
from sheetpack.exports import descriptor as built
from sheetpack.exports.product import Product, file_name
from sheetpack.issue import Issue, Refusal
from sheetpack.package import Package
from sheetpack.releasing import changelog, folder, history, reasons, stamp, state
from sheetpack.releasing.reason import Reason
from sheetpack.releasing.version import Rank, Version, highest, of_tag, parse, raised
from sheetpack.scratch import Scratch
from sheetpack.table import Table
from sheetpack.workbook.writer import written

DIST = "dist"


@dataclass(frozen=True)
class Step:
    """From which release to which, and why.

    Attributes:
        since: The revision that the package is compared with; "" for a first release.
        previous: The version there; None for a first release.
        reasons: The highest rank first; none where there is nothing to release.
        by_hand: Did somebody set the version in the descriptor?
    """

    since: str
    previous: Version | None
    version: Version
    reasons: Sequence[Reason]
    changes: Changes
    by_hand: bool = False

    @property
    def rank(self) -> Rank:
        return highest(reason.rank for reason in self.reasons)


def step(package: Package, tables: Mapping[str, Table], since: str | None) -> Step:
    """Compare the package with its last release, and work out the next version.

    Args:
        since: A revision to compare with; None for the newest tag of a version.

    Raises:
        Refusal: A version is none, or lower than the changes ask for; there is no repository
            or no such revision.
    """
    now = state.of(package, tables)
    present = _version(package, package.path.name)
    since = since or history.last_release(package.folder)
    if since is None:
        return Step("", None, present, reasons.of_first(now), Changes())
    then = state.at_revision(package.path, since)
    before = _version(then.package, f"{since}:{package.path.name}")
    previous = of_tag(since) or before
    found, changes = reasons.between(then, now)
    by_hand = present != before
    if by_hand and not found:
        found = [Reason("patch", "Changed", "", "the version only")]
    needed = raised(previous, highest(reason.rank for reason in found))
    if by_hand and present < needed:
        facts = {"version": str(present), "needed": str(needed), "since": since}
        raise Refusal(catalogue.issue("release-version-low", file=package.path.name, **facts))
    return Step(since, previous, present if by_hand else needed, found, changes, by_hand)


def _version(package: Package, file: str) -> Version:
    said = package.metadata.get("version")
    version = parse(said)
    if version is None:
        code = "release-version" if said is not None else "release-no-version"
        raise Refusal(catalogue.issue(code, file=file, version=said))
    return version


@dataclass(frozen=True)
class Plan:
    """All that a release writes.

    Attributes:
        package: As it is now.
        target: The folder of the files to hand out.
        day: Of the commit that is released.
        made: What is built from the package as it is now; it is what stands in dist/.
    """

    package: Package
    tables: Mapping[str, Table]
    step: Step
    target: Path
    day: str
    made: Sequence[Product]

    @property
    def has_dist(self) -> bool:
        return (self.package.folder / DIST).exists()

    @property
    def has_metadata(self) -> bool:
        """Are there files that `sheetpack metadata` made? They carry the version too."""
        return metadata.are_ours(self.package.folder)

    @cached_property
    def changelog_before(self) -> str | None:
        """The changelog as it is; None where there is none."""
        path = self.package.folder / changelog.NAME
        if not path.exists():
            return None
        try:
            return path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Refusal(catalogue.issue("release-changelog", file=path.name)) from error

    @cached_property
    def entry(self) -> str:
        """The entry in the changelog; what stands under "Unreleased" is part of it."""
        text = self.changelog_before or changelog.NEW
        if not changelog.has_place(text):
            text = changelog.NEW
        return changelog.entry(text, str(self.step.version), self.day, self.step.reasons)

    @cached_property
    def descriptor(self) -> bytes:
        return stamp.stamped(self.package.path, str(self.step.version), self.day)

    @cached_property
    def stamped(self) -> Package:
        """The package as it will be."""
        said = stamp.parse(self.descriptor, self.package.path.suffix)
        said = {name: value for name, value in said.items() if name != "resources"}
        return replace(self.package, metadata=said)

    @cached_property
    def products(self) -> Sequence[Product]:
        """What is built from the package as it will be."""
        if self.stamped == self.package:
            return self.made
        wanted = built.formats_in(self.package.folder / DIST)
        return building.products(self.stamped, self.tables, wanted)[0]

    @cached_property
    def in_package(self) -> dict[Path, bytes | Scratch]:
        """Files of the package → what they will hold."""
        top = self.package.folder
        text = self.changelog_before or changelog.NEW
        found = {
            self.package.path: self.descriptor,
            top / changelog.NAME: changelog.with_entry(text, self.entry).encode(),
        }
        if self.has_dist:
            found |= {top / DIST / each.path: each.made for each in self.products}
        if self.has_metadata:
            made = metadata.files(self.stamped, top)
            found |= {top / name: content for name, content in made.items()}
        return found

    @cached_property
    def in_folder(self) -> dict[str, bytes | Scratch]:
        """Names of the files to hand out → what they hold."""
        version, name = str(self.step.version), file_name(self.package.name)
        found = {each.path.as_posix(): each.made for each in self.products}
        paths = state.own_files(self.package)
        own = {self.package.path: self.descriptor}
        found[f"{name}-{version}.zip"] = folder.packed(self.package.folder, paths, own)
        found[f"release-notes-{version}.md"] = self.entry.encode()
        if self.has_metadata:
            made = metadata.files(self.stamped, self.package.folder)
            found[metadata.CITATION] = made[metadata.CITATION]
        if self.step.since:
            previous, rank = str(self.step.previous), self.step.rank
            stem = f"changes-{previous}-to-{version}"
            found[f"{stem}.json"] = folder.as_json(
                version, previous, rank, self.step.reasons, self.step.changes
            )
            found[f"{stem}.xlsx"] = written(book(self.step.changes, self.package))
        return found | {folder.SUMS: folder.sums(found)}


def plan(package: Package, tables: Mapping[str, Table], step: Step, target: Path | None) -> Plan:
    """Work out everything; nothing is written.

    Args:
        target: Where the files to hand out go; None for a folder of that version below
            `release`, beside the descriptor.

    Raises:
        Refusal: The files of a build cannot be made.
    """
    made, _ = building.products(package, tables, built.formats_in(package.folder / DIST))
    target = target or package.folder / "release" / str(step.version)
    return Plan(package, tables, step, target, history.day(package.folder), made)


def obstacles(plan: Plan) -> Iterator[Issue]:
    """Everything that stands in the way of the release, and what to do about it."""
    package, step = plan.package, plan.step
    for name in history.uncommitted(package.folder, state.own_files(package)):
        yield catalogue.issue("release-uncommitted", file=name)
    if history.has_tag(package.folder, step.version.tag):
        yield catalogue.issue("release-tag", tag=step.version.tag)
    text = plan.changelog_before
    if text is not None and changelog.has_entry(text, str(step.version)):
        facts = {"version": str(step.version), "tag": step.version.tag}
        yield catalogue.issue("release-entry", file=changelog.NAME, **facts)
    elif text is not None and not changelog.has_place(text):
        yield catalogue.issue("release-place", file=changelog.NAME)
    yield from _stale(plan)
    taken = folder.obstacle(plan.target, plan.in_folder)
    if taken:
        yield taken


def _stale(plan: Plan) -> Iterator[Issue]:
    """What was built or written from the package and is not what it gives now."""
    top = plan.package.folder
    if plan.has_dist:
        stale = [Path(each.file).name for each in building.differences(plan.made, top / DIST)]
        if stale:
            yield catalogue.issue("release-dist", file=DIST, names=stale)
        for each in building.stale(plan.package, plan.made, top / DIST, "error"):
            yield replace(each, file=Path(each.file).relative_to(top).as_posix())
    if plan.has_metadata:
        stale = metadata.stale(metadata.files(plan.package, top), top)
        if stale:
            yield catalogue.issue("release-metadata", names=stale)
