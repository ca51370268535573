"""Datasette shows the database with its words."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.exports.conftest import OWN


@pytest.fixture(scope="module")
def pages(own):
    app = pytest.importorskip("datasette.app")
    files = [str(own / "putin-kim-summit-2024.sqlite")]
    metadata = json.loads((own / "metadata.json").read_text(encoding="utf-8"))
    shown = app.Datasette(files, metadata=metadata)

    def fetch(path):
        return asyncio.run(shown.client.get(path))

    return fetch


def test_the_first_page_says_what_it_is_and_how_it_may_be_used(pages):
    page = pages("/").text
    assert OWN["title"] in page
    assert OWN["licenses"][0]["title"] in page
    assert OWN["licenses"][0]["path"] in page


@pytest.mark.parametrize("resource", OWN["resources"], ids=lambda one: one["name"])
def test_the_page_of_a_table_describes_it_and_its_columns(pages, resource):
    answer = pages(f"/putin-kim-summit-2024/{resource['name']}")
    assert answer.status_code == 200
    text = answer.text.replace("&#39;", "'").replace("&#34;", '"')
    assert resource["description"] in text
    for field in resource["schema"]["fields"]:
        assert field["description"] in text


def test_references_are_shown_by_name(pages):
    assert ">North Korea</a>" in pages("/putin-kim-summit-2024/places").text


def test_every_view_can_be_opened(pages):
    for view in OWN["sheetpack"]["views"]:
        answer = pages(f"/putin-kim-summit-2024/{view['name']}")
        assert answer.status_code == 200
        assert view["title"] in answer.text


def test_what_only_serves_other_views_is_hidden(own):
    metadata = json.loads((own / "metadata.json").read_text(encoding="utf-8"))
    tables = metadata["databases"]["putin-kim-summit-2024"]["tables"]
    for view in OWN["sheetpack"]["views"]:
        assert tables[view["name"]].get("hidden", False) == (not view["outputs"])
