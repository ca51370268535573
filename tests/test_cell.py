from __future__ import annotations

import frictionless
import pytest

from sheetpack.cell import sample
from tests.samples import opened

FORM = '"required": true, "pattern": "[a-z-]+"}'


def message_on_a_wrong_key(gallery) -> str:
    gallery.replace("data/people.csv", "chen,Chen", "Chen2,Chen")
    _, tables = opened(gallery.folder)
    (issue,) = [each for each in tables["people"].issues if each.code == "pattern"]
    return issue.message


def test_who_breaks_a_pattern_is_shown_the_example_of_the_column(gallery):
    gallery.replace("datapackage.json", FORM, f'{FORM}, "example": "anna"')
    assert message_on_a_wrong_key(gallery).endswith("asks for, such as “anna”.")


def test_without_an_example_none_is_spoken_of(gallery):
    assert message_on_a_wrong_key(gallery).endswith("asks for.")


@pytest.mark.parametrize("sign", [".", ","])
def test_the_sample_of_a_number_has_the_sign_that_the_column_asks_for(sign):
    assert sample(frictionless.fields.NumberField(name="a", decimal_char=sign)) == f"0{sign}5"
