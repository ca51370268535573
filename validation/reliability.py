"""Compares the two codings under `codings/` and writes `docs/reliability.md`.

    python validation/reliability.py            writes the page
    python validation/reliability.py --check    says whether the page is what the codings give

Agreement is Krippendorff's alpha (Krippendorff, Content Analysis, 4th ed., 2018, ch. 12), from the
package `krippendorff`, on the units that both codings have. Its interval is the percentile interval
of a bootstrap over units, with a fixed seed. All variables are nominal.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import krippendorff
import numpy

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs/reliability.md"
TEMPLATE = HERE / "reliability.template.md"
TEXTS = ("zamir", "stimson")
SEED = 2024
SAMPLES = 2000
FEWEST_UNITS = 5
# Fields without a code list that are coded all the same; actors and places had given ids.
ALSO_CODED = {
    "events": ("date", "place_id"),
    "quotes": ("speaker_id", "paragraph"),
    "gifts": ("giver_id", "recipient_id"),
    "commitments": ("article",),
    "assessments": ("assessor_id", "subject_id"),
    "relationships": ("from_id", "to_id", "directed"),
    "statistics": ("value",),
}
FREQUENT = 3


@dataclass(frozen=True)
class Unit:
    """What one or both coders saw in a text; the rows are None where a coder has none."""

    resource: str
    text: str
    first: dict[str, str] | None
    second: dict[str, str] | None
    elsewhere: bool  # the other coder holds the fact in another row or resource


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_key(path: Path) -> dict[str, dict[str, str]]:
    """Rows by their first cell, which is the key."""
    return {next(iter(row.values())): row for row in rows(path)}


def units() -> Iterator[Unit]:
    """Every unit of either coding, in the order of the lists of matches."""
    firsts = {path.stem: by_key(path) for path in (HERE / "codings/first").glob("*.csv")}
    for text in TEXTS:
        folder = HERE / "codings/second" / text
        seconds = {path.stem: by_key(path) for path in folder.glob("*.csv")}
        for match in rows(HERE / f"codings/matches/{text}.csv"):
            resource, first, second = match["resource"], match["first_id"], match["second_id"]
            yield Unit(
                resource,
                text,
                firsts[resource][first] if first else None,
                seconds[resource][second] if second else None,
                "covered-by" in match["note"],
            )


def variables(resource: str) -> list[str]:
    """The coded fields of a resource: those with a code list, and those named above."""
    descriptor = json.loads((HERE.parent / "datapackage.json").read_text(encoding="utf-8"))
    (schema,) = (each["schema"] for each in descriptor["resources"] if each["name"] == resource)
    listed = [field["name"] for field in schema["fields"] if "codes" in field.get("sheetpack", {})]
    return [*listed, *ALSO_CODED.get(resource, ())]


def alpha(pairs: list[tuple[str, str]]) -> float | None:
    """Krippendorff's alpha for nominal data; None where nothing varies, so nothing can agree."""
    codes = sorted(set(chain.from_iterable(pairs)))
    if len(codes) < 2:
        return None
    number = {code: at for at, code in enumerate(codes)}
    table = numpy.array([[number[code] for code in pair] for pair in pairs], dtype=float).T
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))


def interval(pairs: list[tuple[str, str]]) -> tuple[float, float] | None:
    """The middle 95 per cent of alpha over samples of units drawn with replacement."""
    draw = numpy.random.default_rng(SEED)
    found = []
    for _ in range(SAMPLES):
        value = alpha([pairs[at] for at in draw.integers(len(pairs), size=len(pairs))])
        if value is not None:
            found.append(value)
    if not found:
        return None
    low, high = numpy.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def found_table(found: list[Unit]) -> Iterator[str]:
    yield (
        "| resource | text | both | first only | held elsewhere by the second "
        "| second only | held elsewhere by the first |"
    )
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for resource in dict.fromkeys(unit.resource for unit in found):
        for text in TEXTS:
            some = [unit for unit in found if (unit.resource, unit.text) == (resource, text)]
            if not some:
                continue
            first = [unit for unit in some if unit.second is None]
            second = [unit for unit in some if unit.first is None]
            counts = (
                len(some) - len(first) - len(second),
                len(first),
                sum(unit.elsewhere for unit in first),
                len(second),
                sum(unit.elsewhere for unit in second),
            )
            place = "both" if resource == "discrepancies" else text
            yield f"| {resource} | {place} | {' | '.join(map(str, counts))} |"


def agreement_table(found: list[Unit]) -> Iterator[str]:
    yield "| variable | units | agreed | alpha | 95 % interval | most frequent differences |"
    yield "| --- | ---: | ---: | ---: | --- | --- |"
    for resource in dict.fromkeys(unit.resource for unit in found):
        both = [unit for unit in found if unit.resource == resource and unit.first and unit.second]
        for field in variables(resource):
            if any(field not in unit.first or field not in unit.second for unit in both):
                continue
            pairs = [(unit.first[field], unit.second[field]) for unit in both]
            if len(pairs) < FEWEST_UNITS:
                continue
            agreed = sum(one == other for one, other in pairs) / len(pairs)
            value, limits = alpha(pairs), interval(pairs)
            cells = (
                f"{resource}.{field}",
                str(len(pairs)),
                f"{agreed:.0%}",
                "–" if value is None else f"{value:.2f}",
                "–" if limits is None else f"{limits[0]:.2f} to {limits[1]:.2f}",
                differences(pairs),
            )
            yield f"| {' | '.join(cells)} |"


def differences(pairs: list[tuple[str, str]]) -> str:
    counted = Counter((one or "blank", other or "blank") for one, other in pairs if one != other)
    top = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:FREQUENT]
    return "; ".join(f"{one} / {other} {number}×" for (one, other), number in top)


def page() -> str:
    """The page: the words of the template, with the figures in their places."""
    found = list(units())
    return TEMPLATE.read_text(encoding="utf-8").format(
        units="\n".join(found_table(found)),
        agreement="\n".join(agreement_table(found)),
        fewest=FEWEST_UNITS,
        samples=SAMPLES,
    )


def main(arguments: list[str]) -> int:
    made = page()
    if arguments == ["--check"]:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == made:
            return 0
        print("docs/reliability.md is not what the codings give; run: make docs")
        return 1
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
