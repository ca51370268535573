"""The two-minute guide of the first sheet, for somebody who has never heard of a data package.

Its examples are sheets and columns of the package itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetpack.package import Package
from sheetpack.workbook.model import Sheet

TABS = {
    "reading": "Sheets with a blue tab are made for reading: each answers one question.",
    "data": "Sheets with a green tab hold the data, one record a row.",
    "reference": "Sheets with a grey tab explain the columns and codes.",
}


def steps(package: Package, sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """Each step with what to do.

    Args:
        sheets: All that can be seen, in order.
    """
    tables = [sheet for sheet in sheets if sheet.table]
    yield "Find", _find(tables[0], {sheet.group for sheet in sheets})
    yield "Filter", _filter(tables[0])
    linked = next((sheet for sheet in sheets if sheet.group == "reading" and sheet.links), None)
    if linked:
        yield "Trace to the source", _trace(linked, package)
    data = next((sheet for sheet in tables if sheet.group == "data"), tables[-1])
    yield "Correct", _correct(linked.links[0].target.sheet if linked else data.name)
    yield "Send back", _send_back(package)


def _find(example: Sheet, groups: set[str]) -> str:
    tabs = [sentence for group, sentence in TABS.items() if group in groups]
    return "\n".join(
        [
            " ".join(tabs),
            f"Start with “{example.name}”: the list at the end of this page leads there. To look "
            "for a word, press Ctrl + F (on a Mac: Command + F) and let it search the whole "
            "workbook.",
            "An empty cell says that nothing is recorded there.",
        ]
    )


def _filter(example: Sheet) -> str:
    return (
        f"On “{example.name}”, click the arrow in the header “{example.columns[0].header}”, and "
        "tick what you want to see. The same arrow brings everything back. Nothing is lost "
        "meanwhile: rows are hidden, not deleted."
    )


def _trace(example: Sheet, package: Package) -> str:
    column = example.columns[example.links[0].column - 1].header
    text = (
        f"Underlined cells are links. On “{example.name}”, click one below “{column}”: it leads "
        "to the row of data that the line is made from."
    )
    if package.metadata.get("sources"):
        text += " What all of it was taken from is named under “Sources” below."
    return text


def _correct(example: str) -> str:
    return (
        f"Change only sheets with data, such as “{example}”: everything else is made from "
        "them.\nRest the pointer on a header to see what belongs into the column. Where a cell "
        "offers a list, choose from it. A cell that turns red breaks a rule. Write new rows "
        "right below the last one.\nLeave headers and sheet names as they are, and paste values "
        "only, as other pasting takes the lists away."
    )


def _send_back(package: Package) -> str:
    text = "Save the file as .xlsx, under any name, and send it to whoever keeps the data"
    if package.metadata.get("homepage"):
        text += " (see “Home page” below)"
    return text + ", with a word on what you changed and why."
