from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack.issue import Refusal
from sheetpack.releasing.stamp import stamped

DAY = "2024-06-19"
JSON = """{
\t"resources": [ {"name": "t", "version": "9.9.9", "path":"t.csv"} ],
   "n": 1.50, "title" : "the \\"version\\": \\u00e9 {[",
  "version"  :   "1.2.3", "created": "2020-01-01T10:11:12+02:00",
  "custom": {"version": "8.8.8", "created": ["version", "1.2.3"]}, "none": null }
"""
YAML = """# The shop
name: shop   # its name
version: {}   # set by release
resources:
  - {{name: t, version: 9.9.9, path: t.csv}}
created: '2020-01-01T10:11:12Z'
"""


def put(folder, text, name="datapackage.json"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(path):
    with pytest.raises(Refusal) as caught:
        stamped(path, "2.0.0", DAY)
    return [issue.code for issue in caught.value.issues]


def test_only_the_version_and_the_day_change_in_json(tmp_path):
    made = stamped(put(tmp_path, JSON), "2.0.0", DAY).decode()
    assert made == JSON.replace('"version"  :   "1.2.3"', '"version"  :   "2.0.0"').replace(
        "2020-01-01T10:11:12+02:00", "2024-06-19T00:00:00Z"
    )


@pytest.mark.parametrize("version", ["1.2.3", "'1.2.3'", '"1.2.3"'])
def test_only_the_version_and_the_day_change_in_yaml(tmp_path, version):
    path = put(tmp_path, YAML.format(version), "datapackage.yaml")
    wanted = YAML.format(version.replace("1.2.3", "2.0.0"))
    wanted = wanted.replace("2020-01-01T10:11:12Z", "2024-06-19T00:00:00Z")
    assert stamped(path, "2.0.0", DAY).decode() == wanted


@pytest.mark.parametrize("before", ["", "\ufeff"])
def test_line_ends_and_the_mark_of_windows_stay(tmp_path, before):
    text = before + '{"version": "1.2.3",\r\n "title": "é"}\r\n'
    made = stamped(put(tmp_path, text), "2.0.0", DAY).decode()
    assert made == text.replace("1.2.3", "2.0.0")


def test_no_day_is_put_where_there_was_none(tmp_path):
    assert stamped(put(tmp_path, '{"version":"1.2.3"}'), "2.0.0", DAY) == b'{"version":"2.0.0"}'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"version": 1.2}'),
        ("a.json", '{"created": "2020-01-01T00:00:00Z"}'),
        ("a.json", '{"version": "1.2.3", "created": null}'),
        ("a.yaml", "old: &v 1.2.3\nversion: *v\n"),
        ("a.yaml", "version: >\n  1.2.3\n"),
    ],
)
def test_where_it_cannot_be_put_safely_it_is_refused(tmp_path, name, text):
    assert refused(put(tmp_path, text, name)) == ["release-stamp"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(
    st.dictionaries(st.text() | st.sampled_from(["title", "x"]), VALUES, max_size=5),
    st.integers(0, 5),
    st.booleans(),
    st.sampled_from([None, 1, "\t"]),
)
def test_any_descriptor_says_the_same_afterwards_but_the_version(
    tmp_path_factory, said, at, ascii_only, indent
):
    names = [*said]
    names.insert(at, "version")
    whole = {name: "1.2.3" if name == "version" else said[name] for name in names}
    whole.pop("created", None)
    text = json.dumps(whole, ensure_ascii=ascii_only, indent=indent)
    path = put(tmp_path_factory.mktemp("any"), text.encode("utf-8", "surrogatepass"))
    made = stamped(path, "10.20.30", DAY).decode()
    assert json.loads(made) == whole | {"version": "10.20.30"}
    assert len(made) == len(text) + 3
