"""The page of packages tried: its judgements are made as it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.strangers import tried
from tests.strangers.cases import INVALID, VALID, Case

PAGE = (Path(__file__).parents[2] / "docs/packages-tried.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("case", "verdict", "sentence"),
    [
        (VALID["plain"], "valid, 4 sheets", ""),
        (INVALID["letters for a number"], "invalid, 1 rows named", "“many”"),
        (INVALID["columns swapped"], "invalid, 0 rows named, 1 more told by the header", "order"),
        (INVALID["a type that is none"], "refused", "colour"),
        (Case([], {}), "refused: no table", "no table"),
    ],
)
def test_a_trial_says_what_became_of_a_package(tmp_path, case, verdict, sentence):
    folder = tmp_path / "owner+name"
    folder.mkdir()
    trial = tried.tried(case.write(folder), tmp_path)
    assert trial.source == "owner/name: datapackage.json"
    assert (trial.verdict, sentence in trial.sentence) == (verdict, True)


def test_every_descriptor_is_found_and_nothing_else(tmp_path):
    for name, case in {"a": VALID["plain"], "b": VALID["descriptor in yaml"]}.items():
        (tmp_path / name).mkdir()
        case.write(tmp_path / name)
    (tmp_path / "package.json").write_text('{"dependencies": {}}')
    named = replace(VALID["plain"], descriptor="towns.package.json").write(tmp_path)
    broken = tmp_path / "c" / "datapackage.json"
    broken.parent.mkdir()
    broken.write_text("{")
    found = {path.relative_to(tmp_path).as_posix() for path in tried.descriptors(tmp_path)}
    assert found == {"a/datapackage.json", "b/datapackage.yaml", "c/datapackage.json", named.name}


def test_no_package_on_the_page_is_judged_otherwise_by_the_plain_command():
    assert "| ! " not in PAGE
    assert PAGE.startswith(tried.HEAD)
