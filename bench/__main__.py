"""`python -m bench`: multiply the package, measure, and write docs/performance.md."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from bench import page, plan, profile
from bench.measure import Runs, in_turn
from bench.multiply import largest, multiply

GROWTH = 4  # of the time that a round takes, from one size to the next, about


def main() -> None:
    """Measure size after size, as far as the time reaches, and write the page."""
    wanted = _arguments()
    begun = time.monotonic()
    end = begun + wanted.budget * 60
    results: dict[int, dict[str, Runs]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        top = Path(temporary)
        source = plan.ROOT / "datapackage.json"
        sizes = [size for size in plan.SIZES if size <= wanted.largest]
        modules = {}
        shares: dict[str, dict[str, float]] = {}
        one_round = 0.0
        for size in sizes:
            # Ten times the rows, of fewer programs at the largest size.
            if time.monotonic() + GROWTH * one_round > end:
                _say(f"×{size} is left out: it would take longer than --budget allows")
                break
            folder = multiply(source, size, top / f"x{size}").parent
            if not modules:
                for command in ("validate", "build", "diff"):
                    modules[command] = top / f"{command}.json"
                    plan.write_modules(command, folder, modules[command])
            results[size] = {}
            programs = list(plan.programs(size, folder, modules))
            for name, runs in in_turn(programs, plan.ENVIRONMENT, wanted.runs, end):
                results[size][name] = runs
                last = f"{runs.runs[-1].cpu:.2f} s" if not runs.failure else runs.failure
                _say(f"×{size} {name} ({len(runs.runs)}): {last}")
            one_round = sum(each.median("wall") for each in results[size].values() if each.runs)
            if size <= plan.MILLION:
                shares = profile.shares(folder)
        package = json.loads(source.read_text("utf-8"))
        facts = page.Facts(package["name"], *largest(package, plan.ROOT))
    text = page.written(results, shares, facts)
    minutes = f"{(time.monotonic() - begun) / 60:.0f} minutes"
    if wanted.quick:
        print(text)
        _say(f"Measured in {minutes}.")
    else:
        wanted.output.write_text(text, "utf-8")
        _say(f"{wanted.output} written after {minutes}.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="rounds at each size")
    parser.add_argument(
        "--budget", type=float, default=14, help="minutes after which nothing new is begun"
    )
    parser.add_argument("--largest", type=int, default=1000, help="the largest multiple")
    parser.add_argument(
        "--quick", action="store_true", help="two rounds, ten times at most, told and not kept"
    )
    parser.add_argument("--output", type=Path, default=plan.ROOT / "docs" / "performance.md")
    wanted = parser.parse_args()
    if wanted.quick:
        wanted.runs, wanted.largest = min(wanted.runs, 2), min(wanted.largest, 10)
    return wanted


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
