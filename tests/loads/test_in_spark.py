"""The recipe for Spark gives every cell of the data."""

from __future__ import annotations

import shutil

import pytest

from tests.loads.conftest import NAMES, run, typed
from tests.loads.page import box

PAGE = "load-it.md"

pytest.importorskip("pyspark")
pytestmark = pytest.mark.skipif(not shutil.which("java"), reason="Java is not installed")


def test_spark_loads_every_cell_with_its_type(there):
    code = box(PAGE, "Spark", "python")
    for name in NAMES:
        names = run(code.replace("events", name))
        loaded = [row.asDict() for row in names[name].collect()]
        assert loaded == typed(there, name)
    names["spark"].stop()
