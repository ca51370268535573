from __future__ import annotations

import pytest

from sheetpack import descriptor
from sheetpack.metadata.about import about
from tests.samples import resource, write_package


def known(folder, **properties):
    path = write_package(folder, [resource("t", ["a"])], {"t.csv": "a\n"}, **properties)
    return about(descriptor.load(path))


def test_a_bare_descriptor_invents_nothing(tmp_path):
    found = known(tmp_path)
    assert (found.name, found.title) == ("sample", "sample")
    assert not (found.version or found.created or found.homepage or found.doi or found.keywords)
    assert not (found.authors or found.licences or found.origins or found.extra)


def test_those_who_made_the_data_are_its_authors(tmp_path):
    found = known(
        tmp_path,
        contributors=[
            {"title": "Ada", "roles": ["creator"]},
            {"title": "Bo", "roles": ["funder"]},
            {"title": "Cy", "role": "author"},
        ],
    )
    assert [one.name for one in found.authors] == ["Ada", "Cy"]


def test_where_nobody_has_such_a_role_everybody_is_an_author(tmp_path):
    found = known(tmp_path, contributors=[{"title": "Ada"}, {"title": "Bo", "role": "funder"}])
    assert [one.name for one in found.authors] == ["Ada", "Bo"]


def test_a_name_in_two_parts_is_a_person_and_a_title_alone_is_not(tmp_path):
    found = known(
        tmp_path,
        contributors=[
            {
                "givenName": "Ada",
                "familyName": "Low",
                "path": "https://orcid.org/0000-0001-2345-678X",
            },
            {"title": "A society", "path": "https://example.org"},
        ],
    )
    ada, society = found.contributors
    assert (ada.name, ada.is_person, ada.orcid) == ("Ada Low", True, "0000-0001-2345-678X")
    assert (society.is_person, society.orcid) == (False, "")


@pytest.mark.parametrize(
    ("homepage", "kept"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", ""),
        ("https://example.org/a b", ""),
    ],
)
def test_only_an_address_of_a_page_is_kept_as_one(tmp_path, homepage, kept):
    assert known(tmp_path, homepage=homepage).homepage == kept


def test_the_day_is_taken_from_a_moment(tmp_path):
    assert known(tmp_path, created="2024-06-19T12:00:00Z").created == "2024-06-19"


@pytest.mark.parametrize("said", ["10.5281/zenodo.1", "https://doi.org/10.5281/zenodo.1"])
def test_a_doi_is_found_in_the_id(tmp_path, said):
    assert known(tmp_path, id=said).doi == "10.5281/zenodo.1"
