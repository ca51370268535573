"""What is generated and committed is what the data gives."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sheetpack.cli import main

from .conftest import ROOT

COMMANDS = {
    "dist/": ["build", "--check"],
    "the metadata": ["metadata", ".", "--check"],
    "docs/fields-and-codes.md": ["describe", "docs/fields-and-codes.md", "--check"],
    "the form of data/": ["validate", "--quiet"],
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_it_is_current(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
