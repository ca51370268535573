from __future__ import annotations


def test_a_deposit_has_what_the_archive_asks_for(made):
    said = made(
        title="Towns",
        description="Towns & <b>rivers</b>",
        licenses=[{"name": "CC-BY-4.0"}],
        contributors=[
            {
                "givenName": "Ada",
                "familyName": "Low",
                "path": "https://orcid.org/0000-0001-2345-678X",
            }
        ],
        sources=[
            {"title": "A map", "path": "https://doi.org/10.1234/map"},
            {"title": "A list", "path": "https://example.org/list"},
            {"title": "A book"},
        ],
    ).json(".zenodo.json")
    assert said["upload_type"] == "dataset"
    assert said["description"] == "<p>Towns &amp; &lt;b&gt;rivers&lt;/b&gt;</p>"
    assert said["creators"] == [{"name": "Low, Ada", "orcid": "0000-0001-2345-678X"}]
    assert said["license"] == "cc-by-4.0"
    assert [
        (one["identifier"], one["scheme"], one["relation"]) for one in said["related_identifiers"]
    ] == [
        ("10.1234/map", "doi", "isDerivedFrom"),
        ("https://example.org/list", "url", "isDerivedFrom"),
    ]


def test_a_package_that_names_nobody_is_deposited_without_a_name(made):
    said = made().json(".zenodo.json")
    assert said["creators"] == [{"name": "Anonymous"}]
    assert said["description"] == "<p>sample</p>"
