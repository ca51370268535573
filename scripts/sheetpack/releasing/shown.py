"""A release in words, before and after it is made, and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sheetpack import files, metadata
from sheetpack.edits.counts import plural
from sheetpack.edits.wrapping import wrapped
from sheetpack.issue import Issue
from sheetpack.package import Package
from sheetpack.releasing import changelog
from sheetpack.releasing.plan import DIST, Plan, Step

WIDTH = 80
MOST_NAMED = 5
LONGEST_LINE = 400
IN_THE_WAY = "This stands in the way of the release:"


def nothing(step: Step) -> str:
    """Where there is nothing to release."""
    return f"Nothing changed since {step.since}: there is nothing to release."


def nothing_as_json(package: Package, step: Step) -> str:
    """The same for a program, in the form of `as_json`: nothing is written."""
    found = _step_as_dict(package, step) | {"version": str(step.previous), "rank": None}
    found |= {"released": False, "issues": []}
    return json.dumps(found, ensure_ascii=False, indent=2)


def planned(plan: Plan) -> str:
    """All that a dry run shows."""
    entry = "\n".join(f"    {line}".rstrip() for line in plan.entry.splitlines())
    parts = [
        heading(plan),
        "\n".join(_reasons(plan.step)),
        f"The entry in {changelog.NAME}:\n\n{entry}",
        _written_in_package(plan, "To be written in the package:"),
        _folder(plan, "To be laid out in"),
        "Nothing was written, as this is a dry run.",
    ]
    return "\n\n".join(parts)


def written(plan: Plan) -> str:
    """What was done."""
    return "\n\n".join(
        [
            heading(plan),
            "\n".join(_reasons(plan.step)),
            _written_in_package(plan, "Written in the package:"),
            _folder(plan, "Laid out in"),
        ]
    )


def heading(plan: Plan) -> str:
    """Which release this is, in one line."""
    step = plan.step
    if not step.since:
        return f"{plan.package.name} {step.version}, the first release"
    by_hand = "; the version was set by hand" if step.by_hand else ""
    return (
        f"{plan.package.name} {step.previous} → {step.version}"
        f" ({step.rank}, compared with {step.since}{by_hand})"
    )


def as_json(plan: Plan, in_the_way: Sequence[Issue], dry_run: bool) -> str:
    """The same for a program; `released` says whether it was done."""
    found = {
        **_step_as_dict(plan.package, plan.step),
        "released": not (in_the_way or dry_run),
        "entry": plan.entry,
        "files": in_short(plan),
        "folder": plan.target.as_posix(),
        "folder_files": sorted(plan.in_folder),
        "issues": [issue.to_dict() for issue in in_the_way],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _step_as_dict(package: Package, step: Step) -> dict[str, Any]:
    return {
        "package": package.name,
        "version": str(step.version),
        "previous": str(step.previous) if step.previous else None,
        "since": step.since or None,
        "rank": step.rank,
        "reasons": [asdict(reason) for reason in step.reasons],
    }


def in_short(plan: Plan) -> list[str]:
    """What is written in the package, a folder for all files in it."""
    names = [plan.package.path.name, changelog.NAME]
    names += [DIST] if plan.has_dist else []
    if plan.has_metadata:
        names += sorted(metadata.files(plan.package, plan.package.folder))
    return names


def _reasons(step: Step) -> Iterator[str]:
    """A line for each change, its rank in front; the rows are named as far as there is room."""
    for reason in step.reasons:
        named = ", ".join(reason.records[:MOST_NAMED])
        missing = len(reason.records) - MOST_NAMED
        more = f", and {missing:,} more" if missing > 0 else ""
        words = f"{reason.words}: {named}{more}" if named else reason.words
        if len(words) > LONGEST_LINE:
            words = f"{words[:LONGEST_LINE]}…"
        rank = reason.rank if step.since else "new"
        yield from wrapped(words, WIDTH, f"  {rank:<7}", " " * 9)


def _written_in_package(plan: Plan, title: str) -> str:
    count = plural(len(plan.products), "file")
    lines = [f"  {f'{DIST}/ ({count})' if name == DIST else name}" for name in in_short(plan)]
    return "\n".join([title, *lines])


def _folder(plan: Plan, title: str) -> str:
    """The files to hand out; those in folders of their own are only counted."""
    own = Counter(name.split("/")[0] for name in plan.in_folder if "/" in name)
    lines = [f"  {name}/ ({plural(count, 'file')})" for name, count in sorted(own.items())]
    lines += [
        f"  {name} ({len(content):,} bytes)"
        for name, content in sorted(plan.in_folder.items())
        if "/" not in name
    ]
    return "\n".join([f"{title} {files.from_here(plan.target)}:", *lines])
