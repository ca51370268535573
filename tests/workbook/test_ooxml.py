"""The workbook as a judge of the standard sees it: nothing that Excel would repair."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from sheetpack import build
from tests.charted import charted
from tests.samples import PACKAGES, opened

ROOT = Path(__file__).parents[2]
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
PATHS = {
    "the package itself": ROOT,
    "gallery": PACKAGES / "gallery",
    "workbook-bare": PACKAGES / "workbook-bare",
    "workbook-library": PACKAGES / "workbook-library",
    "workbook-types": PACKAGES / "workbook-types",
    "charted": None,  # written by the test
}


@pytest.fixture(scope="module", params=PATHS)
def content(request, tmp_path_factory):
    path = PATHS[request.param] or charted(tmp_path_factory.mktemp("charted"))
    return build.products(*opened(path))[0][0].content


def test_a_validator_finds_no_error(content, tmp_path):
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    result = audit.OpenXmlValidator(max_errors=0).validate(path)
    # That Excel would write texts to another part of the file is no fault and no repair.
    found = [each for each in result.errors if each.id != "Excel_InlineStrCells"]
    assert [(each.part_uri, each.description) for each in found] == []
    assert result.is_valid


def test_the_file_leads_to_nothing_outside_but_pages_on_the_web(content):
    archive = ZipFile(io.BytesIO(content))
    for name in archive.namelist():
        assert not re.search(r"externalLink|connections|queryTable", name)
        if name.endswith(".rels"):
            for relation in ElementTree.fromstring(archive.read(name)).iter(RELATION):
                if relation.get("TargetMode") == "External":
                    assert relation.get("Type").endswith("/hyperlink")
                    assert relation.get("Target").startswith(("https://", "http://"))


def test_the_file_holds_no_macro_and_nothing_to_be_run(content):
    archive = ZipFile(io.BytesIO(content))
    assert not [name for name in archive.namelist() if re.search(r"vba|macro|\.bin|activeX", name)]
    assert b"macroEnabled" not in archive.read("[Content_Types].xml")
