"""docs/performance.md, from what was measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from statistics import median

from bench.measure import Runs, ratios
from bench.multiply import MOST_ROWS
from bench.plan import AGAINST, LARGE, LARGE_TARGETS, MILLION, NAMES, TARGETS, Target

Results = Mapping[int, Mapping[str, Runs]]

LIBRARIES = (
    "frictionless",
    "openpyxl",
    "python-calamine",
    "pandas",
    "polars",
    "XlsxWriter",
)
NOT_MEASURED = (
    "mySociety's data_common is not among them: it cannot be installed from the Python Package "
    "Index, and expects a repository made from its own template."
)
BEGINNING = """\
<!-- Written by `make bench`; change bench/page.py instead. -->

# How fast, and how large

Everything here is a ratio, as seconds say more about a machine than about a program. All
programs ran as whole processes, from start to end, one after the other in each round and round
after round, so that whatever else the machine did met all of them alike. A ratio is taken
within each round; what stands here is the median, with the smallest and the largest in brackets.
*Time* is that of the clock, *processor* that of the processors; whether a target is met is
decided by the processor, which the load of the machine disturbs less. *Memory* is the peak.

The package is this one, so many times over: the same rows, with keys of their own, so that all
rules hold. That is kind to whoever remembers equal texts, as we do: the copies repeat them.

A floor with *the same imports* starts Python, imports every module that our command imports, and
ends as our command does, without Python's last look through all of them for rubbish.
"""


SMALLEST_SHARE = 0.005  # of the time, to be told
KEPT = """\
Rows lie on the disk, in files without a name that are gone with the process; of each table some
thousand are in memory at once. Keys and references are compared part by part, and what SQL sorts
goes to the disk too. What still grows in memory, but slowly: the record of verified quotes, code
lists, links of a workbook, and all that is wrong. A merge that finds edits holds all rows of three
sides.
"""
LARGER = """\
[Ten million cells](performance-large.md) take so long that they have a page and a command of their
own.
"""
LARGE_BEGINNING = """\
<!-- Written by `make bench BENCH=--large`; change bench/page.py instead. -->

# How much memory ten million cells take

As [how fast, and how large](performance.md) tells it for a million: whole processes, compared as
ratios. One run of each, as the peak of memory hardly differs from run to run; the processor time
beside it is a hint and no more.
"""


@dataclass(frozen=True)
class Facts:
    """The package: its name, and the resource with the most rows, and how many."""

    name: str
    largest: str
    rows: int


def written(results: Results, shares: Mapping[str, Mapping[str, float]], facts: Facts) -> str:
    """The whole page.

    Args:
        results: Size → program → its runs.
        shares: Command → step → its share of the time.
    """
    parts = [
        BEGINNING,
        machine(),
        "## Targets\n",
        *targets(results, TARGETS),
        "## Growth\n",
        *growth(results, AGAINST),
        KEPT,
        LARGER,
        "## Where the time goes\n",
        *where(shares, results),
        "## The physical limit\n",
        limit(facts),
        "## Everything measured\n",
        *everything(results),
        NOT_MEASURED + "\n",
    ]
    return "\n".join(parts)


def machine() -> str:
    """What it ran on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} on {platform.machine()}"
    versions = ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)
    return (
        f"Measured on a machine with {os.cpu_count()} cores ({_processor()}) and {memory:.0f} GB "
        f"of memory, {system}, Python {platform.python_version()}; {versions}.\n"
    )


def written_large(results: Results) -> str:
    """The page about the large sizes."""
    parts = [
        LARGE_BEGINNING,
        machine(),
        "## Targets\n",
        *targets(results, LARGE_TARGETS),
        "## Growth\n",
        *growth(results, LARGE),
        KEPT,
    ]
    return "\n".join(parts)


def targets(results: Results, wanted: Sequence[Target]) -> Iterator[str]:
    """Each target, what was measured, and whether that is enough."""
    yield "| Target | Measured | |"
    yield "| --- | --- | --- |"
    missed = []
    for target in wanted:
        found = _ratio(results, target)
        if not found:
            yield f"| {target.words} | not measured in this run | |"
            continue
        is_met = median(found) <= target.most
        yield f"| {target.words} | {_spread(found)} | {'met' if is_met else '**missed**'} |"
        if not is_met:
            missed.append(target)
    yield ""
    for target in missed:
        yield f"- *{target.words}:* missed. {target.why}"
    if missed:
        yield ""


def growth(results: Results, programs: Collection[str]) -> Iterator[str]:
    """What ten times the rows cost, beyond what every start costs."""
    sizes = sorted(results)
    yield (
        "How many times the processor time, and the memory, of the size before: ten would be "
        "exactly linear, less is the cost of starting, which every size bears once.\n"
    )
    steps = list(pairwise(sizes))
    if not steps:
        yield "Only one size was measured.\n"
        return
    yield "| | " + " | ".join(f"×{small} → ×{large}" for small, large in steps) + " |"
    yield "| --- |" + " --- |" * len(steps)
    for name in programs:
        cells = []
        for small, large in steps:
            before, after = results[small].get(name), results[large].get(name)
            if before and after and before.runs and after.runs:
                time = after.median("cpu") / before.median("cpu")
                memory = after.median("memory") / before.median("memory")
                cells.append(f"{time:.1f} (memory {memory:.1f})")
            else:
                cells.append("not measured")
        yield f"| {NAMES[name]} | " + " | ".join(cells) + " |"
    yield ""
    yield ""


def where(shares: Mapping[str, Mapping[str, float]], results: Results) -> Iterator[str]:
    """The share of each step, as the profiler sees it."""
    size = min(MILLION, max(results))
    yield f"As Python's profiler sees it at ×{size}; it makes many small calls look longer.\n"
    for command, steps in shares.items():
        yield f"- `{command}`: " + ", ".join(
            f"{share:.0%} {step}"
            for step, share in sorted(steps.items(), key=lambda one: -one[1])
            if share >= SMALLEST_SHARE
        )
    yield ""


def limit(facts: Facts) -> str:
    """How large a package can be before a sheet is full."""
    return (
        f"A sheet holds {MOST_ROWS:,} rows below its header, in every spreadsheet program. The "
        f"largest table of {facts.name}, `{facts.largest}`, has {facts.rows:,}: it fills a sheet "
        f"at ×{MOST_ROWS // facts.rows:,}. Beyond that, `build` refuses the workbook in a "
        "sentence. `validate` knows no such limit but the disk; a view that gives more rows "
        "than a sheet holds is refused as well.\n"
    )


def everything(results: Results) -> Iterator[str]:
    """Ours beside each floor and each other program, at every size."""
    for size in sorted(results):
        found = results[size]
        runs = [len(found[name].runs) for name in NAMES if name in found and found[name].runs]
        if not runs:
            continue
        rounds = f"{min(runs)}" if min(runs) == max(runs) else f"{min(runs)} to {max(runs)}"
        yield f"### ×{size} ({rounds} runs of each)\n"
        yield "| Ours | in terms of | Time | Processor | Memory |"
        yield "| --- | --- | --- | --- | --- |"
        for ours, others in AGAINST.items():
            for other in others:
                if ours in found and other in found:
                    yield _line(found[ours], found[other], NAMES[ours], NAMES[other])
        yield ""


def _line(ours: Runs, other: Runs, name: str, other_name: str) -> str:
    failure = ours.failure or other.failure
    if failure or not (ours.runs and other.runs):
        words = failure.replace("|", "/") or "not run"
        return f"| {name} | {other_name} | {words} | | |"
    cells = (_spread(ratios(ours, other, what)) for what in ("wall", "cpu", "memory"))
    return f"| {name} | {other_name} | " + " | ".join(cells) + " |"


def _ratio(results: Results, target: Target) -> list[float]:
    ours, other = (
        results.get(size, {}).get(name, Runs()) for size, name in (target.ours, target.other)
    )
    return ratios(ours, other, target.what)


def _spread(found: list[float]) -> str:
    """The median, and how far the others are from it."""
    middle = f"{median(found):.2f}"
    return f"{middle} ({min(found):.2f} to {max(found):.2f})" if len(found) > 1 else middle


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "(not installed)"


def _processor() -> str:
    """What the system calls the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
