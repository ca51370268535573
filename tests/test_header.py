from __future__ import annotations

import pytest


@pytest.mark.parametrize(("mark", "name"), [(";", "“;”"), ("\t", "“tab”"), ("|", "“|”")])
def test_columns_parted_by_another_sign_are_told_once(gallery, mark, name):
    text = gallery.path("data/kinds.csv").read_text(encoding="utf-8")
    gallery.write("data/kinds.csv", text.replace(",", mark))
    told = [issue for issue in gallery.issues() if issue.level == "error"]
    assert [(issue.code, issue.resource, issue.row) for issue in told] == [
        ("header-delimiter", "kinds", 1)
    ]
    assert name in told[0].message
