from __future__ import annotations

from sheetpack.descriptor import load
from sheetpack.received.matching import Header, Matched
from sheetpack.received.model import ReceivedSheet
from sheetpack.received.teller import MOST_TOLD, Teller
from sheetpack.translating.answers import Translated
from tests.conftest import PACKAGES

SPACES = Translated("x", "repaired-spaces", {"cell": " x", "text": "x"})


def test_of_many_repairs_the_rest_is_likened_to_the_first_of_the_same_column():
    resource = load(PACKAGES / "gallery").resource("people")
    header = Header(1, {"name": 2, "email": 3}, {2: "Name", 3: "Mail"})
    tell = Teller("a.xlsx", Matched(resource, ReceivedSheet("People", 1), header))
    for row in range(2, MOST_TOLD + 5):
        for column in (2, 3):
            tell.value(row, column, " x", SPACES)
    assert len(tell.issues) == 2 * MOST_TOLD
    names, mails = tell.rest()
    assert "“Name”" in names.message
    assert "B2" in names.message
    assert "“Mail”" in mails.message
    assert "C2" in mails.message
