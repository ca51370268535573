"""Changes to XML that leave every other byte alone."""

from __future__ import annotations

import pytest

from sheetpack.marking.splicing import (
    Damaged,
    Splice,
    escaped,
    in_bytes,
    spliced,
    tree,
    with_attributes,
)


def test_changes_are_made_from_the_end_of_the_data_to_its_beginning_alike():
    splices = [Splice(4, 5, b"E"), Splice(0, 1, b""), Splice(2, 2, b"x"), Splice(2, 2, b"y")]
    assert spliced(b"abcdef", splices) == b"bxycdEf"


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"<?xml version='1.0'?>\n<!-- <b> -->"])
def test_elements_are_found_where_they_stand(start):
    data = start + "<x:a t='é>'><b/> é<b c=\"'/>\">d</b></x:a>".encode()
    first, second = tree(data).all("b")
    assert (tree(data).prefix, tree(data).get("t")) == ("x:", "é>")
    assert [each.bytes(data) for each in (first, second)] == [b"<b/>", b'<b c="\'/>">d</b>']
    assert (second.get("c"), second.text) == ("'/>", "d")
    assert spliced(data, first.with_content(data, b"<e/>")).count(b"<b><e/></b>") == 1
    assert spliced(data, second.with_content(data, b"<e/>")).count(b"d<e/></b>") == 1


@pytest.mark.parametrize(
    ("tag", "changes", "wanted"),
    [
        (b'<c r="A1"/>', {"s": "1"}, b'<c r="A1" s="1"/>'),
        (b"<c r=\"A1\" s = '2' />", {"s": "1"}, b'<c r="A1" s="1" />'),
        (b'<c t=" s=" s="2">', {"s": "1"}, b'<c t=" s=" s="1">'),
        (b'<c s="2" spans="1:2">', {"s": "3", "spans": None}, b'<c s="3">'),
        (b"<c>", {"n": '<"é&\n'}, b'<c n="&lt;&quot;&#233;&amp;&#10;">'),
        (b"<c>", {"n": None}, b"<c>"),
    ],
)
def test_attributes_are_set_and_taken_out(tag, changes, wanted):
    assert with_attributes(tag, changes) == wanted


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_two_bytes_a_character_are_written_anew(encoding):
    data = '<?xml version="1.0" encoding="UTF-16"?><a>é</a>'.encode(encoding)
    assert in_bytes(data) == "<a>é</a>".encode()


def test_one_byte_a_character_stays_as_it_is():
    data = "<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>".encode("iso-8859-1")
    assert in_bytes(data) is data
    assert escaped("é") == b"&#233;"


@pytest.mark.parametrize(
    "data", [b"", b"<a>", b"<a></b>", b"<!DOCTYPE a><a/>", b"<a>" * 99 + b"</a>" * 99]
)
def test_what_is_damaged_or_absurd_is_told(data):
    with pytest.raises(Damaged):
        tree(data)


def test_half_a_character_is_told():
    with pytest.raises(Damaged):
        in_bytes("<a/>".encode("utf-16") + b"\x00")
