"""The page about the settings says everything there is, with examples that hold."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sheetpack import settings

PAGE = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
KNOWN = {
    "package": settings.PACKAGE,
    "resource": settings.RESOURCE,
    "field": settings.FIELD,
    "view": settings.VIEW,
    "codes": settings.CODES,
    "edtf": settings.EDTF,
    "verify": settings.VERIFY,
    "verify.texts": settings.VERIFY_TEXTS,
    "verify.quotes": settings.VERIFY_QUOTES,
    "verify.places": settings.VERIFY_PLACE,
    "verify.exempt": settings.VERIFY_EXEMPT,
}


@pytest.mark.parametrize("place", KNOWN)
def test_every_setting_is_described_and_shown(place):
    for name in KNOWN[place]:
        assert f"`{name}`" in PAGE
        assert f'"{name}":' in json.dumps(EXAMPLES)


def test_examples_use_no_setting_that_does_not_exist():
    package, resource, fields = EXAMPLES
    used = package["sheetpack"]
    assert used.keys() == settings.PACKAGE.keys()
    assert used["views"][0].keys() == settings.VIEW.keys()
    assert used["codes"].keys() == settings.CODES.keys()
    assert used["verify"].keys() == settings.VERIFY.keys()
    assert used["verify"]["texts"].keys() == settings.VERIFY_TEXTS.keys()
    assert used["verify"]["quotes"].keys() == settings.VERIFY_QUOTES.keys()
    assert used["verify"]["places"][0].keys() == settings.VERIFY_PLACE.keys()
    assert used["verify"]["exempt"][0].keys() == settings.VERIFY_EXEMPT.keys()
    assert resource["sheetpack"].keys() == settings.RESOURCE.keys()
    assert {name for field in fields for name in field.get("sheetpack", {})} == set(settings.FIELD)


def test_the_rule_in_the_page_is_the_one_that_is_tested():
    (rule,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    tested = Path(__file__).parent / "packages" / "gallery" / "rules" / "painted-in-lifetime.sql"
    assert rule == tested.read_text(encoding="utf-8")
