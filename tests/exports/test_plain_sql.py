"""Calls of our functions become look-ups, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack.exports.plain_sql import LOOK_UPS, plain


def test_a_call_becomes_a_look_up():
    wanted = "(SELECT _label FROM _code_labels WHERE _list = ('kind') AND _code = (t.kind))"
    assert plain("SELECT code_label('kind', t.kind) AS x") == f"SELECT {wanted} AS x"
    assert plain("SELECT CODE_LABEL ( 'kind' ,\n t.kind )") == f"SELECT {wanted}"


def test_a_call_can_stand_in_a_call():
    inner = LOOK_UPS["edtf_earliest"].format("(max(a, b))")
    assert plain("edtf_label(edtf_earliest(max(a, b)))") == LOOK_UPS["edtf_label"].format(
        f"({inner})"
    )


def test_brackets_and_commas_in_texts_do_not_count():
    assert plain("edtf_label(')' || \"a,b\")") == LOOK_UPS["edtf_label"].format("(')' || \"a,b\")")


def test_a_comment_in_a_call_hides_nothing():
    assert plain("edtf_label(a -- the day)\n)") == LOOK_UPS["edtf_label"].format("(a)")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'edtf_label(x)' AS \"edtf_label(y)\" -- edtf_label(z)",
        "SELECT edtf_label FROM t",
        "SELECT edtf_label(a, b)",
        "SELECT edtf_label(a",
        "SELECT edtf_label()",
        "SELECT [code_label(a, b)], my_edtf_label(c) /* edtf_label(d)",
    ],
)
def test_what_is_no_call_stays(sql):
    assert plain(sql) == sql


@given(st.text(st.sampled_from("ab_ (),'\"-*/[]`;\n"), max_size=30))
def test_sql_without_our_functions_stays_to_the_last_space(sql):
    assert plain(sql) == sql
