"""The page of dependencies is current, they are few, and all of them are locked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.supply import dependencies
from tests.supply.dependencies import LOCKS, ROOT, licence, locked, named, normal

PAGE = ROOT / "docs/dependencies.md"
LICENCES = ("Apache", "BSD", "MIT", "MPL", "PSF", "ISC", "LGPL", "Artistic")


def test_the_page_is_what_is_installed():
    assert PAGE.read_text("utf-8") == dependencies.page()


def test_a_page_that_is_out_of_date_is_told(tmp_path, capsys):
    old = tmp_path / "old.md"
    old.write_text("something else")
    with pytest.raises(SystemExit, match="make docs"):
        dependencies.main(str(old), "--check")
    assert old.read_text() == "something else"
    dependencies.main(str(old))
    dependencies.main(str(old), "--check")


def test_a_package_without_a_reason_is_refused(tmp_path, monkeypatch):
    project = tmp_path / "pyproject.toml"
    project.write_text(
        '[project]\ndependencies = [\n  "a", # why\n  "b",\n]\noptional-dependencies = {}'
    )
    monkeypatch.setattr(dependencies, "PROJECT", project)
    with pytest.raises(ValueError, match="what b is for"):
        named("dependencies")


def test_the_engine_needs_few_packages():
    assert len(named("dependencies")) <= 4


@pytest.mark.parametrize("name", [need.name for need in named("dependencies")] + ["pyarrow"])
def test_whoever_uses_the_engine_may_hand_it_on(name):
    assert any(word in licence(name) for word in LICENCES)


@pytest.mark.parametrize("path", sorted(LOCKS.glob("*.txt")), ids=lambda path: path.name)
def test_every_package_of_a_lock_has_its_version_and_fingerprint(path: Path):
    entries = re.split(r"\n(?=\S)", path.read_text("utf-8").strip())
    entries = [entry for entry in entries if not entry.startswith("#")]
    for entry in entries:
        assert re.match(r"\S+==\S+", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]


@pytest.mark.parametrize("section", ["dependencies", "parquet"])
def test_the_oldest_versions_that_are_allowed_are_those_of_their_lock(section):
    text = (LOCKS / "oldest.txt").read_text("utf-8")
    versions = {
        normal(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.M)
    }
    for need in named(section):
        least = re.search(r">=([\d.]+)$", need.written)
        assert least, f"{need.written} has no oldest version"
        parts = versions[need.name].split(".")
        wanted = least[1].split(".")
        assert parts[: len(wanted)] == wanted
        assert set(parts[len(wanted) :]) <= {"0"}


def test_what_runs_is_locked_alike_for_tests():
    test = locked("test.txt")
    assert locked("run.txt").keys() <= test.keys()
    assert {need.name for need in named("test")} <= test.keys()
