"""The charts in the file: native, readable, with their text and the cells they come from."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest

from sheetpack import build
from sheetpack.workbook.styles import SERIES, SHADE, STYLES
from tests.charted import charted
from tests.samples import opened

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
KINDS = ["columns", "stacked", "bars", "lines", "slices", "days"]


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    products, problems = build.products(*opened(charted(tmp_path_factory.mktemp("charted"))))
    assert problems == []
    return products[0].content


@pytest.fixture(scope="module")
def charts(content):
    """Name → root element of the chart."""
    archive = ZipFile(io.BytesIO(content))
    parts = [f"xl/charts/chart{number}.xml" for number in range(1, len(KINDS) + 1)]
    return {
        kind: ElementTree.fromstring(archive.read(part))
        for kind, part in zip(KINDS, parts, strict=True)
    }


@pytest.fixture(scope="module")
def sheets(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def luminance(colour):
    """Relative luminance of a colour, as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_chart_has_a_title_and_a_text_for_those_who_cannot_see_it(content):
    root = ElementTree.fromstring(ZipFile(io.BytesIO(content)).read("xl/drawings/drawing1.xml"))
    frames = list(root.iter(f"{PLACED}cNvPr"))
    assert [frame.get("title") for frame in frames] == [
        f"The {name} <of> 'books'" for name in KINDS
    ]
    for name, frame in zip(KINDS, frames, strict=True):
        assert f"What the {name} show." in frame.get("descr")


def test_every_chart_shows_its_title_over_nothing_else(charts):
    for name, chart in charts.items():
        title = chart.find(f"{CHART}chart/{CHART}title")
        assert "".join(text.text for text in title.iter(f"{DRAWN}t")) == f"The {name} <of> 'books'"
        assert title.find(f"{CHART}overlay").get("val") in ("0", None)


def test_axes_are_shown(charts):
    for name in set(KINDS) - {"slices"}:
        axes = [
            axis for axis in charts[name].iter() if axis.tag in (f"{CHART}catAx", f"{CHART}valAx")
        ]
        assert len(axes) == 2
        assert {axis.find(f"{CHART}delete").get("val") for axis in axes} == {"0"}


def test_a_legend_stands_only_where_there_are_several_series(charts):
    with_legend = {
        name for name, chart in charts.items() if chart.find(f".//{CHART}legend") is not None
    }
    assert with_legend == {"stacked", "lines"}


def test_bars_lie_or_stand_and_are_never_in_three_dimensions(charts):
    ways = {
        name: chart.find(f".//{CHART}barDir").get("val")
        for name, chart in charts.items()
        if chart.find(f".//{CHART}barDir") is not None
    }
    assert ways == {"columns": "col", "stacked": "col", "bars": "bar"}
    assert charts["stacked"].find(f".//{CHART}grouping").get("val") == "stacked"
    assert not [part.tag for chart in charts.values() for part in chart.iter() if "3D" in part.tag]


def test_a_chart_names_its_cells_and_what_stands_in_them(charts, sheets):
    """A program that shows charts without reading cells finds the same numbers."""
    checked = 0
    for chart in charts.values():
        for source in chart.iter():
            if source.tag in (f"{CHART}numRef", f"{CHART}strRef"):
                sheet, cells = re.fullmatch(r"'(.+)'!(.+)", source.findtext(f"{CHART}f")).groups()
                found = sheets[sheet.replace("''", "'")][cells.replace("$", "")]
                values = (
                    [row[0].value for row in found] if isinstance(found, tuple) else [found.value]
                )
                points = {
                    int(point.get("idx")): point.findtext(f"{CHART}v")
                    for point in source.iter(f"{CHART}pt")
                }
                for at, value in enumerate(values):
                    same = str(value)[:10] if hasattr(value, "isoformat") else str(value)
                    assert points.get(at) in ([None, "", "None"] if value is None else [same])
                    checked += 1
    assert checked > 30


def test_a_chart_of_a_resource_follows_the_sheet_that_people_edit(charts):
    cells = [each.text for each in charts["days"].iter(f"{CHART}f")]
    assert cells == [
        "'Days & nights'!$B$1",
        "'Days & nights'!$A$2:$A$4",
        "'Days & nights'!$B$2:$B$4",
    ]
    (title,) = [each.text for each in charts["days"].iter(f"{CHART}v")][:1]
    assert title == "Loans"


def test_colours_of_charts_stand_out_from_the_paper():
    assert min(contrast(colour, "FFFFFF") for colour in SERIES) >= 3


def test_text_can_be_read_on_every_colour_that_lies_under_it():
    for name, style in STYLES.items():
        fill = style["fill"].fgColor.rgb[-6:] if style["fill"].fill_type else "FFFFFF"
        colour = style["font"].color.rgb[-6:] if style["font"].color else "000000"
        assert contrast(colour, fill) >= 4.5, name
    assert contrast("000000", SHADE) >= 4.5


def test_numbers_of_key_figures_are_numbers(sheets):
    sheet = sheets["Dashboard"]
    assert [cell.value for cell in sheet[6]][:2] == [5, 3]


def test_every_table_of_the_dashboard_is_a_real_one(sheets):
    tables = sheets["Dashboard"].tables
    assert sorted(tables) == [
        "chart_bars",
        "chart_columns",
        "chart_figures",
        "chart_lines",
        "chart_matrix",
        "chart_slices",
        "chart_stacked",
    ]
    for table in tables.values():
        header, *rows = sheets["Dashboard"][table.ref]
        assert [cell.value for cell in header] == [column.name for column in table.tableColumns]
        assert rows
        assert table.autoFilter is None
