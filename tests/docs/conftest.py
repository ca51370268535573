"""What the tests of the guides share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A terminal of somebody who has just begun."""
    home = tmp_path / "home"
    home.mkdir()
    return Terminal(home)
