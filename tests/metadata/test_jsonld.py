from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from sheetpack.metadata.jsonld import encoded

SCHEMA = "https://schema.org/"


def expanded(document):
    (one,) = jsonld.expand(document)
    return one


def test_the_package_expands_to_terms_of_schema_org(made):
    document = made(
        title="Towns",
        version="1.0.0",
        homepage="https://example.org",
        id="10.5281/zenodo.1",
        licenses=[{"name": "CC0-1.0", "path": "https://example.org/cc0"}],
        contributors=[{"givenName": "Ada", "familyName": "Low", "organization": "A society"}],
        sources=[{"title": "A map", "path": "https://example.org/map"}],
    ).json("dataset.jsonld")
    found = expanded(document)
    assert found["@type"] == [f"{SCHEMA}Dataset"]
    assert found[f"{SCHEMA}name"] == [{"@value": "Towns"}]
    assert found[f"{SCHEMA}license"] == [{"@value": "https://example.org/cc0"}]
    assert found[f"{SCHEMA}identifier"] == [{"@value": "https://doi.org/10.5281/zenodo.1"}]
    (creator,) = found[f"{SCHEMA}creator"]
    assert creator["@type"] == [f"{SCHEMA}Person"]
    assert creator[f"{SCHEMA}affiliation"][0][f"{SCHEMA}name"] == [{"@value": "A society"}]
    (origin,) = found[f"{SCHEMA}isBasedOn"]
    assert origin[f"{SCHEMA}url"] == [{"@value": "https://example.org/map"}]


def test_every_property_that_stands_in_the_file_means_something(made):
    document = made(keywords=["a", "b"], created="2024-06-19T12:00:00Z").json("dataset.jsonld")
    assert len(expanded(document)) == len(document) - 1  # all but the context


def test_what_nobody_said_is_left_out(made):
    document = made().json("dataset.jsonld")
    assert document.keys() == {"@context", "@type", "name", "distribution"}


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--", "a & b", "a\u2028b"]
)
def test_no_text_can_end_a_script_element_of_a_page(made, text):
    file = made(title=text, description=text)
    for name in ("dataset.jsonld", "croissant.json", ".zenodo.json"):
        assert not set("<>&\u2028") & set(file.content[name].decode())
    assert file.json("dataset.jsonld")["description"] == text


@given(st.recursive(st.text(), lambda inner: st.dictionaries(st.text(), inner), max_leaves=5))
def test_any_text_is_the_same_after_reading_it_back(value):
    assert json.loads(encoded(value)) == value


def test_half_a_character_is_written_as_an_escape():
    assert json.loads(encoded("a\ud800")) == "a\ud800"
