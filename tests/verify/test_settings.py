"""The setting `verify` is checked like every other."""

from __future__ import annotations

import pytest

from sheetpack.descriptor import load
from sheetpack.verify import plan

DESCRIPTOR = "datapackage.json"


def test_what_is_left_out_has_a_sensible_value(island):
    island.replace(DESCRIPTOR, '"marks": "“”",\n      "longestRun": 7,\n', "")
    found = plan.of(load(island.descriptor))
    assert (found.longest_run, "“" in found.marks, '"' in found.marks) == (7, True, True)
    assert island.found() == []


@pytest.mark.parametrize(
    ("old", "new", "code", "facts"),
    [
        (
            '"record": "val',
            '"recrod": "val',
            "setting-unknown",
            ["verify.recrod", "Did you mean “record”?"],
        ),
        (',\n      "record": "validation/verified.csv"', "", "setting-missing", ["verify.record"]),
        ('"record": "val', '"record": "../val', "setting-outside", ["verify.record"]),
        ('"notCoded": "val', '"notCoded": "../val', "setting-outside", ["verify.notCoded"]),
        ('not-coded.csv"', 'nothing.csv"', "setting-file", ["verify.notCoded", "nothing.csv"]),
        ('"longestRun": 7', '"longestRun": 0', "setting-kind", ["longestRun", "whole number"]),
        ('"longestRun": 7', '"longestRun": true', "setting-kind", ["longestRun"]),
        ('"longestRun": 7', '"longestRun": "7"', "setting-kind", ["longestRun"]),
        ('"marks": "“”"', '"marks": ["“”"]', "setting-kind", ["verify.marks"]),
        ('"text": "words", ', "", "setting-missing", ["verify.quotes.text"]),
        ('"text": "words"', '"text": "word"', "setting-value", ["quotes.text", "“words”"]),
        ('"sha256": "sha256", ', "", "setting-missing", ["verify.texts.sha256"]),
        (
            '"resource": "disputes", "source": "source_b"',
            '"resource": "rows", "source": "source_b"',
            "setting-value",
            ["places[2].resource", "rows"],
        ),
        ('"source": "source_b"', '"source": "source_c"', "setting-value", ["places[2].source"]),
        ('[{"resource": "sources", "field": "title"}]', '["title"]', "setting-kind", ["exempt[0]"]),
        ('"field": "title"', '"field": "titel"', "setting-value", ["exempt[0].field"]),
        (
            '"primaryKey": ["quote_id"]',
            '"primaryKey": ["quote_id", "words"]',
            "setting-shared-ids",
            ["verify.quotes"],
        ),
    ],
)
def test_a_wrong_setting_is_told(island, old, new, code, facts):
    island.replace(DESCRIPTOR, old, new)
    found = [issue for issue in island.issues() if issue.code == code]
    assert found, island.issues()
    for fact in facts:
        assert fact in f"{found[0].message} {found[0].hint}"
