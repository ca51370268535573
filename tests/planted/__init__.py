"""Mistakes of every kind, planted one at a time into the package `gallery`.

Each is found at its place and told with the facts it is about (`test_planted.py`).
"""

from __future__ import annotations

from tests.planted import cells, contract, files

PLANTS = [*cells.PLANTS, *files.PLANTS, *contract.PLANTS]
