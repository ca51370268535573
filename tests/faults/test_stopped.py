"""Whoever is killed, or presses Ctrl-C, finds the old files or the new ones: all of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

import sheetpack
from sheetpack.cli import main
from tests.faults.stopping import needs_fork, run, trials
from tests.faults.works import WORKS, library

TRIALS = int(os.environ.get("FAULT_TRIALS", "4"))
SOURCES = str(Path(sheetpack.__file__).parents[1])

pytestmark = needs_fork


@pytest.mark.parametrize("name", WORKS)
def test_killed_at_any_instant_all_files_are_old_or_all_are_new(name, tmp_path):
    tally = trials(WORKS[name], tmp_path, signal.SIGKILL, TRIALS)
    assert tally.stopped
    assert (tally.mixed, tally.old + tally.new) == (0, TRIALS)


@pytest.mark.parametrize("name", WORKS)
def test_ctrl_c_at_any_instant_says_one_word_and_leaves_all_old_or_all_new(name, tmp_path):
    tally = trials(WORKS[name], tmp_path, signal.SIGINT, TRIALS)
    assert tally.stopped
    assert (tally.mixed, tally.old + tally.new, tally.left_over) == (0, TRIALS, 0)


@pytest.mark.parametrize("command", ["validate", "diff"])
def test_ctrl_c_at_any_instant_of_a_command_that_reads_says_one_word(command, tmp_path):
    folder = library(tmp_path / "package")
    two = [str(folder)] * (2 if command == "diff" else 1)
    seconds = run([command, *two], folder).seconds
    for part in range(1, TRIALS + 1):
        ended = run([command, *two], folder, signal.SIGINT, seconds * part / (TRIALS + 1))
        assert ended.code in (0, 130), ended
        assert ended.code == 0 or ended.said.endswith("Stopped.\n"), ended
        assert "Traceback" not in ended.said


def test_ctrl_c_in_the_midst_of_a_file_that_cannot_be_closed_then_says_one_word(monkeypatch):
    def stop(path):
        try:
            raise KeyboardInterrupt
        finally:
            raise ValueError("there is an open writing handle on it")

    monkeypatch.setattr("sheetpack.descriptor.load", stop)
    result = CliRunner().invoke(main, ["validate"])
    assert (result.exit_code, result.output) == (130, "Stopped.\n")


def test_ctrl_c_while_the_command_is_loaded_says_one_word(tmp_path):
    """The whole program, from the moment when its own first line runs."""
    program = "print('begun', flush=True); from sheetpack.__main__ import start; start()"
    folder = library(tmp_path / "package")
    for after in (0.0, 0.05, 0.2):
        process = subprocess.Popen(
            [sys.executable, "-c", program, "validate", str(folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": SOURCES},
            text=True,
        )
        process.stdout.readline()
        time.sleep(0.02 + after)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert (process.returncode, said.strip()) == (130, "Stopped.")
