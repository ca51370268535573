from __future__ import annotations

import re

import pytest

from sheetpack import descriptor, handbook, reading
from tests.conftest import PACKAGES


@pytest.fixture(scope="module")
def package():
    return descriptor.load(PACKAGES / "gallery")


@pytest.fixture(scope="module")
def page(package):
    return handbook.page(package, reading.read_all(package))


def rows_below(page, heading):
    """The cells of the table below a heading, without its own header."""
    section = page.split(f"{heading}\n", 1)[1].split("\n#", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [re.split(r"(?<!\\) \| ", line[2:-2]) for line in lines[2:]]


def test_every_field_of_every_resource_has_its_row(page, package):
    for resource in package.resources:
        rows = rows_below(page, f"## {resource.title} (`{resource.name}`)")
        assert [row[1] for row in rows] == [f"`{field.name}`" for field in resource.fields]


def test_every_code_stands_in_the_table_of_its_list(page, package):
    settings = package.settings["codes"]
    table = reading.read(package.resource(settings["resource"]), package)
    at = table.resource.positions
    for row in table.rows:
        found = rows_below(page, f"### {row.raw[at[settings['list']]]}")
        assert row.raw[at[settings["code"]]] in [cell for cells in found for cell in cells]


def test_a_field_with_codes_leads_to_its_list_and_back(page):
    assert "[kinds](#kinds)" in page
    assert re.search(r"### kinds\n\nUsed by `\w+\.kind`\.", page)


def test_what_markdown_would_take_for_a_table_or_a_tag_stays_text():
    package = descriptor.load(PACKAGES / "workbook-library")
    resource = package.resources[0]
    field = resource.fields[0]
    object.__setattr__(field, "description", "a | b\n<script>")
    page = handbook.page(package, reading.read_all(package))
    assert "a \\| b &lt;script>" in page
