"""Every command explains itself, and the README names it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sheetpack.cli import COMMANDS, main

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_help_that_names_its_exit_codes(command):
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert "Exit codes:" in result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_stands_in_the_readme(command):
    assert f"sheetpack {command}" in README or f"make {command}" in README


def test_the_list_of_commands_cuts_no_sentence_off():
    listed = CliRunner().invoke(main, ["--help"]).output.split("Commands:")[1]
    assert len(listed.split("\n")) == len(COMMANDS) + 2
    assert "..." not in listed


def test_a_command_that_does_not_exist_is_wrong_use():
    assert CliRunner().invoke(main, ["conjure"]).exit_code == 2
