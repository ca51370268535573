"""docs/performance.md says what was measured, and nothing that was not."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.measure import Run, Runs
from bench.page import Facts, written, written_large
from bench.plan import AGAINST, LARGE, LARGE_TARGETS, NAMES, TARGETS, programs

FACTS = Facts("some", "people", 1000)
SIZES = ((100, 200), (1000, 220))  # and the memory
DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_a_target_is_met_by_the_median_of_the_ratios():
    target = TARGETS[0]
    page = _page({target.ours[1]: [1.4, 9, 1.4], target.other[1]: [1, 1, 1]}, target.ours[0])
    assert f"| {target.words} | 1.40 (1.40 to 9.00) | met |" in page
    assert target.why not in page


def test_a_target_that_is_missed_is_told_with_the_reason():
    target = TARGETS[0]
    page = _page({target.ours[1]: [2, 2], target.other[1]: [1, 1]}, target.ours[0])
    assert f"| {target.words} | 2.00 (2.00 to 2.00) | **missed** |" in page
    assert target.why in page


def test_what_was_not_measured_is_told_so():
    page = _page({"validate": [1]}, 1)
    assert page.count("not measured in this run") == len(TARGETS)


def test_a_program_that_failed_is_told_with_its_words():
    results = {10: {"validate": Runs([Run(1, 1, 1)]), "validate-floor": Runs(failure="no | way")}}
    assert "| no / way | | |" in written(results, {}, FACTS)


def test_growth_is_told_from_size_to_size():
    results = {size: {"validate": Runs([Run(size, size, 5)])} for size in (1, 10)}
    assert f"| {NAMES['validate']} | 10.0 (memory 1.0) |" in written(results, {}, FACTS)


def test_the_physical_limit_follows_from_the_largest_table():
    assert "at ×1,048." in _page({"validate": [1]}, 1)


def test_every_program_has_a_name_and_is_held_against_something(tmp_path):
    modules = dict.fromkeys(("validate", "build", "diff"), tmp_path / "modules.json")
    (tmp_path / "datapackage.json").write_text('{"name": "some"}', "utf-8")
    planned = {program.name for program in programs(1, tmp_path, modules)}
    compared = {*AGAINST, *(other for others in AGAINST.values() for other in others)}
    assert planned - {"save-again"} == compared == set(NAMES)
    assert set(LARGE) <= planned
    for target in [*TARGETS, *LARGE_TARGETS]:
        assert {target.ours[1], target.other[1]} <= compared


def test_memory_can_be_held_against_that_of_another_size():
    (target,) = (one for one in LARGE_TARGETS if one.ours == (1000, "validate"))
    results = {size: {"validate": Runs([Run(size, size, memory)])} for size, memory in SIZES}
    assert f"| {target.words} | 1.10 | met |" in written_large(results)


@pytest.mark.parametrize(
    ("name", "targets"), [("performance", TARGETS), ("performance-large", LARGE_TARGETS)]
)
def test_the_committed_page_tells_of_every_target(name, targets):
    page = (DOCS / f"{name}.md").read_text("utf-8")
    assert page.startswith("<!-- Written by `make bench")
    assert all(target.words in page for target in targets)
    assert "not measured in this run" not in page


def _page(cpu: dict[str, list[float]], size: int) -> str:
    runs = {name: Runs([Run(one, one, 1) for one in times]) for name, times in cpu.items()}
    return written({size: runs}, {"validate": {"all": 1.0}}, FACTS)
