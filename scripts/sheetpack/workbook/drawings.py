"""Charts, as openpyxl writes them; what it has no word for is put into its XML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isfinite
from typing import Any
from xml.sax.saxutils import quoteattr

from openpyxl.chart import BarChart, LineChart, PieChart
from openpyxl.chart._chart import ChartBase
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.series import Series as ChartSeries
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import pixels_to_EMU

from sheetpack.workbook.model import Drawing, Series
from sheetpack.workbook.styles import DARK, FONT, GRID, SERIES

TITLE_SIZE, TEXT_SIZE = 1400, 1200  # hundredths of a point
MOST_STEPS = 10  # of an axis
BAR_GAP = 60  # between bars, in percent of their width
FRAME = re.compile(rb'<(?P<tag>(?:xdr:)?cNvPr) id="(?P<number>[0-9]+)" name="Chart [0-9]+"')


def chart(drawing: Drawing) -> ChartBase:
    """One chart, ready to be added to a sheet."""
    made: ChartBase
    if drawing.kind == "pie":
        made = PieChart()
    else:
        made = LineChart() if drawing.kind == "line" else _bars(drawing)
        _set_axes(made, drawing)
    made.series = [_series(drawing, number) for number in range(len(drawing.series))]
    made.title = _title(drawing.title)
    if len(drawing.series) == 1:
        made.legend = None
    else:
        made.legend.position = "b"
        made.legend.txPr = _rich(_characters(TEXT_SIZE))
    made.roundedCorners = False
    made.anchor = OneCellAnchor(
        _from=AnchorMarker(drawing.column - 1, pixels_to_EMU(drawing.offset), drawing.row - 1, 0),
        ext=XDRPositiveSize2D(pixels_to_EMU(drawing.width), pixels_to_EMU(drawing.height)),
    )
    return made


def described(part: bytes, drawings: Sequence[Drawing]) -> bytes:
    """The part that places the charts of a sheet, with the alternative text of each."""

    def with_text(match: re.Match[bytes]) -> bytes:
        drawing = drawings[int(match["number"]) - 1]
        words = f" title={quoteattr(drawing.title)} descr={quoteattr(drawing.text)}"
        return match[0] + words.encode()

    return FRAME.sub(with_text, part)


def _bars(drawing: Drawing) -> BarChart:
    stacked = len(drawing.series) > 1
    made = BarChart(
        barDir="bar" if drawing.kind == "bar" else "col",
        grouping="stacked" if stacked else "clustered",
        gapWidth=BAR_GAP,
        overlap=100 if stacked else None,
    )
    made.varyColors = False
    return made


def _set_axes(made: Any, drawing: Drawing) -> None:
    labels, numbers = made.x_axis, made.y_axis
    for axis in (labels, numbers):
        axis.delete = False  # or openpyxl hides it
        axis.txPr = _rich(_characters(TEXT_SIZE))
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=GRID))
        axis.majorTickMark = "none"
    numbers.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=GRID)))
    numbers.number_format = "General"
    values = [value for series in drawing.series for value in series.values if value is not None]
    if drawing.kind != "line" and min(values, default=0) >= 0:
        numbers.scaling.min = 0
    if sum(map(abs, values)) <= MOST_STEPS and all(value == int(value) for value in values):
        numbers.majorUnit = 1  # or there would be halves of what is counted
    if drawing.kind == "bar":
        labels.scaling.orientation = "maxMin"  # the first at the top
        numbers.crosses = "max"  # which is then the bottom
    made.x_axis.noMultiLvlLbl = True


def _series(drawing: Drawing, number: int) -> ChartSeries:
    wanted = drawing.series[number]
    colour = SERIES[number % len(SERIES)]
    made = ChartSeries(
        idx=number,
        order=number,
        tx=SeriesLabel(
            strRef=StrRef(
                f=wanted.title_cell, strCache=StrData(ptCount=1, pt=[StrVal(idx=0, v=wanted.title)])
            )
        ),
        cat=AxDataSource(
            strRef=StrRef(
                f=drawing.range,
                strCache=StrData(
                    ptCount=len(drawing.labels),
                    pt=[StrVal(idx=at, v=label) for at, label in enumerate(drawing.labels)],
                ),
            )
        ),
        val=NumDataSource(numRef=NumRef(f=wanted.range, numCache=_cache(wanted))),
    )
    if drawing.kind == "line":
        line = LineProperties(solidFill=colour, w=28_575)
        made.graphicalProperties = GraphicalProperties(ln=line)
        made.smooth = False
        made.marker = Marker(symbol="none")
        if len(drawing.labels) <= 30:
            fill = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour))
            made.marker = Marker(symbol="circle", size=7, spPr=fill)
    else:
        edge = LineProperties(solidFill="FFFFFF")
        made.graphicalProperties = GraphicalProperties(solidFill=colour, ln=edge)
    if drawing.kind == "pie":
        # Slices of one colour with white edges, each with its name: colour says nothing here.
        look = made.graphicalProperties
        made.dPt = [DataPoint(idx=at, spPr=look) for at in range(len(drawing.labels))]
        made.dLbls = _labels(showCatName=True, showVal=True, separator=": ", dLblPos="outEnd")
    elif len(drawing.series) == 1 and drawing.kind != "line":
        made.dLbls = _labels(showVal=True, dLblPos="outEnd")
    return made


def _cache(series: Series) -> NumData:
    known = [
        (at, value)
        for at, value in enumerate(series.values)
        if value is not None and isfinite(value)
    ]
    return NumData(
        formatCode="General",
        ptCount=len(series.values),
        pt=[NumVal(idx=at, v=str(value)) for at, value in known],
    )


def _labels(**shown: Any) -> DataLabelList:
    """Labels that show what is named, and nothing else."""
    parts = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent")
    labels = DataLabelList(**(dict.fromkeys(parts, False) | shown))
    labels.txPr = _rich(_characters(TEXT_SIZE))
    return labels


def _title(text: str) -> Title:
    style = _characters(TITLE_SIZE, bold=True)
    paragraph = Paragraph(
        pPr=ParagraphProperties(defRPr=style), r=[RegularTextRun(rPr=style, t=text)]
    )
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _rich(style: CharacterProperties) -> RichText:
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=style), endParaRPr=style)])


def _characters(size: int, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size, b=bold, solidFill=DARK, latin=Font(typeface=FONT))
