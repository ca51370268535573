"""Every kind of mistake is found where it was planted, and told with its facts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sheetpack import catalogue
from tests.conftest import PACKAGES, issues_of
from tests.planted import PLANTS
from tests.planted.plant import DESCRIPTOR

TESTS = Path(__file__).parent
SOURCE = Path(catalogue.__file__).parent
CODE_IN_SOURCE = re.compile(
    r'\bissue\(\s*"([\w-]+)"|yield "([\w-]+)", \{|\("(file-[a-z]+)", source'
)


def test_the_package_without_mistakes_has_no_issue():
    assert issues_of(PACKAGES / "gallery" / "datapackage.json") == []


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.code}:{plant.new[:20]}")
def test_a_planted_mistake_is_found_at_its_place(gallery, plant):
    gallery.replace(plant.file, plant.old, plant.new)
    issues = gallery.issues()
    found = [issue for issue in issues if issue.code == plant.code]
    assert found, [(issue.code, issue.message) for issue in issues]
    issue = found[0]
    assert (issue.resource, issue.row, issue.field) == plant.at
    assert issue.level == plant.level
    for fact in plant.facts:
        assert fact in f"{issue.message} {issue.hint}"
    if plant.alone:
        assert issues == [issue]
    if issue.row and issue.field:
        assert issue.cell.endswith(str(issue.row))


@pytest.mark.parametrize(
    "plant",
    [plant for plant in PLANTS if plant.code.startswith("untidy-")],
    ids=lambda plant: plant.code,
)
def test_untidiness_is_an_error_where_the_package_is_strict(gallery, plant):
    gallery.replace(DESCRIPTOR, '"rules": "rules"', '"rules": "rules", "strict": true')
    gallery.replace(plant.file, plant.old, plant.new)
    assert [(issue.code, issue.level) for issue in gallery.issues()] == [(plant.code, "error")]


def test_every_code_of_the_catalogue_is_raised_by_a_test():
    planted = {plant.code for plant in PLANTS}
    tests = "".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py"))
    untested = [code for code in catalogue.messages() if code not in planted]
    assert [code for code in untested if f'"{code}"' not in tests] == []


def test_every_code_in_the_source_is_in_the_catalogue():
    source = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    codes = {next(filter(None, found)) for found in CODE_IN_SOURCE.findall(source)}
    assert codes - set(catalogue.messages()) == set()


def test_messages_use_no_programmers_words():
    words = "type|regex|null|constraint|foreign key|primary key|string|boolean|parse|schema|syntax"
    jargon = re.compile(rf"\b({words})s?\b", re.IGNORECASE)
    for code, entry in catalogue.messages().items():
        for words in entry.values():
            assert not jargon.search(re.sub(r"\{\w+\}", "", words)), code
