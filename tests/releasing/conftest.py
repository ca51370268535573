from __future__ import annotations

import pytest

from tests.releasing.shop import Shop, released


@pytest.fixture
def shop(tmp_path, monkeypatch) -> Shop:
    return released(tmp_path / "shop", monkeypatch)
