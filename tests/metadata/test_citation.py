from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest
import yaml

from sheetpack.metadata.licences import spdx

# It stands in an environment of its own: it needs another jsonschema than frictionless does.
TOOL = which("cffconvert", path=str(Path(sys.prefix) / "cff" / "bin")) or which("cffconvert")
ROOT = Path(__file__).parents[2]


def judged(path):
    """What the validator of the format says, and whether it is content."""
    if not TOOL:
        pytest.skip("cffconvert is not set up; `make test` does it")
    command = [TOOL, "--validate", "-i", str(path)]
    answer = subprocess.run(command, capture_output=True, text=True)
    return answer.returncode == 0, answer.stdout + answer.stderr


def test_the_citation_of_this_package_is_valid():
    valid, words = judged(ROOT / "CITATION.cff")
    assert valid, words


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"title": "a: b\n# c", "description": 'x "y"\n---\n- [', "keywords": ["a", "a", "yes"]},
        {
            "version": "1.0",
            "created": "2024-06-19T12:00:00Z",
            "id": "10.5281/zenodo.1",
            "homepage": "https://example.org",
            "contributors": [
                {
                    "givenName": "Ada",
                    "familyName": "Low",
                    "organization": "A society",
                    "path": "https://orcid.org/0000-0001-2345-678X",
                },
                {"title": "A society", "path": "https://example.org"},
            ],
        },
        {"licenses": [{"name": "odc-pddl"}]},
        {"licenses": [{"name": "CC-BY-4.0"}, {"name": "MIT"}]},
        {"licenses": [{"name": "our-own", "path": "https://example.org/licence"}]},
    ],
)
def test_whatever_the_descriptor_says_the_citation_is_valid(made, tmp_path, properties):
    path = tmp_path / "CITATION.cff"
    path.write_bytes(made(**properties).content["CITATION.cff"])
    valid, words = judged(path)
    assert valid, words


def test_the_validator_rejects_a_citation_without_authors(made, tmp_path):
    path = tmp_path / "CITATION.cff"
    path.write_bytes(made().content["CITATION.cff"].replace(b"authors:", b"writers:"))
    assert not judged(path)[0]


def test_texts_come_back_as_they_were(made):
    properties = {"title": "a: b", "description": "é\n\n# no comment\n'\"", "version": "1.0"}
    said = yaml.safe_load(made(**properties).content["CITATION.cff"])
    assert (said["title"], said["abstract"], said["version"]) == tuple(properties.values())


def test_a_licence_that_nobody_knows_is_named_by_its_page(made):
    licence = {"name": "our-own", "path": "https://example.org/licence"}
    said = yaml.safe_load(made(licenses=[licence]).content["CITATION.cff"])
    assert said["license-url"] == licence["path"]
    assert "license" not in said


@pytest.mark.parametrize(
    ("name", "known"), [("cc-by-4.0", "CC-BY-4.0"), ("ODC-PDDL-1.0", "PDDL-1.0"), ("mine", "")]
)
def test_licences_are_known_by_the_names_that_descriptors_give_them(name, known):
    assert spdx(name) == known
