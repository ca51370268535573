"""Measuring: whole processes in turn, and what is made of failures."""

from __future__ import annotations

import resource
import sys
import time

import pytest
from bench.measure import Program, Run, Runs, in_turn, ratios, run


def test_a_run_tells_time_and_memory_of_the_process_alone(tmp_path):
    small = run(_python(tmp_path, "pass"), {})
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    large = run(_python(tmp_path, f"b'x' * {own + 200_000_000}"), {})
    assert small.wall > 0
    assert small.cpu > 0
    assert large.memory > small.memory + 100


def test_a_program_that_fails_gives_its_last_words(tmp_path):
    with pytest.raises(RuntimeError, match="no, not today"):
        run(_python(tmp_path, "raise SystemExit('first\\nno, not today')"), {})


def test_programs_run_in_turn_and_one_that_fails_is_left_out_afterwards(tmp_path):
    programs = [_python(tmp_path, "pass", "a"), _python(tmp_path, "1/0", "b")]
    seen = [name for name, _ in in_turn(programs, {}, 2, time.monotonic() + 600)]
    assert seen == ["a", "b", "a"]


def test_one_round_is_made_even_when_the_time_is_over(tmp_path):
    programs = [_python(tmp_path, "pass", "a"), _python(tmp_path, "pass", "b")]
    assert [name for name, _ in in_turn(programs, {}, 9, time.monotonic() - 1)] == ["a", "b"]


def test_what_needs_a_file_that_is_not_there_is_not_run(tmp_path):
    program = Program("a", [sys.executable, "-c", "pass"], tmp_path, tmp_path / "absent")
    assert list(in_turn([program], {}, 1, time.monotonic() + 600)) == []


def test_what_makes_a_file_for_others_runs_in_the_first_round_only(tmp_path):
    maker = Program("a", [sys.executable, "-c", "pass"], tmp_path, once=True)
    programs = [maker, _python(tmp_path, "pass", "b")]
    seen = [name for name, _ in in_turn(programs, {}, 2, time.monotonic() + 600)]
    assert seen == ["a", "b", "b"]


def test_ratios_are_taken_round_by_round():
    ours = Runs([Run(2, 1, 10), Run(9, 1, 10)])
    other = Runs([Run(1, 1, 10), Run(3, 1, 10)])
    assert ratios(ours, other, "wall") == [2, 3]


def _python(folder, code, name="python"):
    return Program(name, [sys.executable, "-c", code], folder)
