"""The page on reliability is what the two codings give, and its figures are right."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

pytest.importorskip("krippendorff")
SCRIPT = ROOT / "validation/reliability.py"


@pytest.fixture(scope="module")
def reliability():
    spec = importlib.util.spec_from_file_location("reliability", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def check(script: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True)


def test_the_page_is_what_the_codings_give() -> None:
    done = check(SCRIPT)
    assert done.returncode == 0, done.stdout


def test_a_changed_coding_makes_the_page_stale(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "validation", tmp_path / "validation")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    coding = tmp_path / "validation/codings/second/zamir/gifts.csv"
    text = coding.read_text(encoding="utf-8")
    assert "household" in text
    coding.write_text(text.replace("household", "artwork"), encoding="utf-8")
    assert check(tmp_path / "validation/reliability.py").returncode == 1


def test_alpha_of_the_textbook_example(reliability) -> None:
    # Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section A: nominal, binary.
    one = "0100000010"
    other = "1110010000"
    assert reliability.alpha(list(zip(one, other, strict=True))) == pytest.approx(0.095, abs=5e-4)


def test_nothing_is_said_of_a_variable_that_never_varies(reliability) -> None:
    assert reliability.alpha([("a", "a")] * 9) is None


def test_every_unit_of_either_coding_is_matched_or_told_alone(reliability) -> None:
    units = list(reliability.units())
    for resource in {unit.resource for unit in units}:
        first = [unit.first for unit in units if unit.resource == resource and unit.first]
        keys = {next(iter(row.values())) for row in first}
        coded = reliability.by_key(ROOT / f"validation/codings/first/{resource}.csv")
        assert keys == set(coded), resource
