"""`python -m bench`: multiply the package, measure, and write docs/performance.md.

With --large, the memory of ten million cells: docs/performance-large.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench import page, plan, profile
from bench.measure import Runs, in_turn
from bench.multiply import largest, multiply

SOURCE = plan.ROOT / "datapackage.json"
GROWTH = 7  # of the time that a round takes, from one size to the next, about


def main() -> None:
    """Measure size after size, as far as the time reaches, and write the page."""
    wanted = _arguments()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        text = _large(Path(temporary)) if wanted.large else _usual(wanted, Path(temporary))
    minutes = f"{(time.monotonic() - begun) / 60:.0f} minutes"
    if wanted.quick:
        print(text)
        _say(f"Measured in {minutes}.")
    else:
        wanted.output.write_text(text, "utf-8")
        _say(f"{wanted.output} written after {minutes}.")


def _usual(wanted: argparse.Namespace, top: Path) -> str:
    """Everything up to a million cells, as a page."""
    end = time.monotonic() + wanted.budget * 60
    results: dict[int, dict[str, Runs]] = {}
    shares: dict[str, dict[str, float]] = {}
    one_round = 0.0
    for size in plan.SIZES[:2] if wanted.quick else plan.SIZES:
        if time.monotonic() + GROWTH * one_round > end:
            _say(f"×{size} is left out: it would take longer than --budget allows")
            break
        folder = multiply(SOURCE, size, top / f"x{size}").parent
        results[size] = _measured(size, folder, top, wanted.runs, end)
        one_round = sum(each.median("wall") for each in results[size].values() if each.runs)
        shares = profile.shares(folder)
    package = json.loads(SOURCE.read_text("utf-8"))
    facts = page.Facts(package["name"], *largest(package, plan.ROOT))
    return page.written(results, shares, facts)


def _large(top: Path) -> str:
    """What takes memory at the large sizes, run once, as a page."""
    results = {}
    for size in plan.LARGE_SIZES:
        folder = multiply(SOURCE, size, top / f"x{size}").parent
        results[size] = _measured(size, folder, top, 1, time.monotonic(), plan.LARGE)
    return page.written_large(results)


def _measured(
    size: int, folder: Path, top: Path, rounds: int, end: float, only: Sequence[str] = ()
) -> dict[str, Runs]:
    """Program → its runs, of all programs or only of some."""
    modules = {command: top / f"{command}.json" for command in ("validate", "build", "diff")}
    for command, file in modules.items():
        if not file.exists():
            plan.write_modules(command, folder, file)
    planned = plan.programs(size, folder, modules)
    programs = [program for program in planned if not only or program.name in only]
    found = {}
    for name, runs in in_turn(programs, plan.ENVIRONMENT, rounds, end):
        found[name] = runs
        last = f"{runs.runs[-1].cpu:.2f} s" if not runs.failure else runs.failure
        _say(f"×{size} {name} ({len(runs.runs)}): {last}")
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="rounds at each size")
    parser.add_argument(
        "--budget", type=float, default=14, help="minutes after which nothing new is begun"
    )
    parser.add_argument(
        "--large", action="store_true", help="only the memory at ten million cells, run once"
    )
    parser.add_argument(
        "--quick", action="store_true", help="two rounds, ten times at most, told and not kept"
    )
    parser.add_argument("--output", type=Path, help="the page, if not that of docs/")
    wanted = parser.parse_args()
    if wanted.quick:
        wanted.runs = min(wanted.runs, 2)
    name = "performance-large.md" if wanted.large else "performance.md"
    wanted.output = wanted.output or plan.ROOT / "docs" / name
    return wanted


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
