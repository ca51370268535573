from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sheetpack import descriptor, rawfile, reading
from sheetpack.edits.model import MergedRow
from sheetpack.edits.saving import content, problem, rewritten
from tests.samples import resource, write_package

FIELDS = ("id", "text")
COLUMNS = {"id": 1, "text": 2}


def dialect(delimiter=",", quotechar='"', skipinitialspace=False, **more) -> csv.Dialect:
    made = csv.excel()
    made.delimiter, made.quotechar = delimiter, quotechar
    made.skipinitialspace = skipinitialspace
    for name, value in more.items():
        setattr(made, name, value)
    return made


def rows_of(data: bytes, encoding="utf-8-sig", how=None, first=2) -> list[MergedRow]:
    """The rows of a CSV with two columns, as a merge has them that changes nothing."""
    reader = csv.reader(io.StringIO(data.decode(encoding), newline=""), how or dialect())
    cells = list(reader)[first - 1 :]
    return [
        MergedRow(tuple((*row, "", "")[:2]), number, number)
        for number, row in enumerate(cells, start=first)
    ]


def saved(data: bytes, rows, columns=COLUMNS, fields=FIELDS, encoding="utf-8", **more) -> bytes:
    how = more.pop("how", dialect())
    numbers = more.pop("numbers", None)
    if numbers is None:
        numbers = {row.current_row for row in rows_of(data, encoding, how)}
    return rewritten(data, encoding, how, columns, fields, rows, numbers, **more)


def new(*cells: str | None) -> MergedRow:
    return MergedRow(cells, 0, 9)


PLAIN = b"id,text\n1,one\n2,two\n3,three\n"

# What is in the file, the rows wanted (a number is a row as it is), what is in it then.
CASES = {
    "a changed cell": (PLAIN, [2, (3, "2", "zwei"), 4], b"id,text\n1,one\n2,zwei\n3,three\n"),
    "a row more": (PLAIN, [2, new("9", "x"), 3, 4], b"id,text\n1,one\n9,x\n2,two\n3,three\n"),
    "a row less": (PLAIN, [2, 4], b"id,text\n1,one\n3,three\n"),
    "another order": (PLAIN, [4, 2, 3], b"id,text\n3,three\n1,one\n2,two\n"),
    "no row left": (PLAIN, [], b"id,text\n"),
    "a blank": (PLAIN, [2, (3, "2", None), 4], b"id,text\n1,one\n2,\n3,three\n"),
    "the first row": (b"id,text\n", [new("1", "a")], b"id,text\n1,a\n"),
    "marks only where needed": (
        PLAIN,
        [2, (3, "2", 'a "b", c'), (4, "3", "a\nb")],
        b'id,text\n1,one\n2,"a ""b"", c"\n3,"a\nb"\n',
    ),
    "a return alone needs marks": (PLAIN, [(2, "1", "a\rb")], b'id,text\n1,"a\rb"\n'),
    "needless marks stay where nothing changed": (
        b'id,text\n"1",one\n2,"two"\n',
        [2, 3, new("3", "c")],
        b'id,text\n"1",one\n2,"two"\n3,c\n',
    ),
    "all cells in marks": (
        b'"id","text"\r\n"1","one"\r\n"2",""\r\n',
        [(2, "1", 'a"b'), 3, new("3", None)],
        b'"id","text"\r\n"1","a""b"\r\n"2",""\r\n"3",""\r\n',
    ),
    "one row with all cells in marks": (
        b'id,text\n"1","one"\n2,two\n',
        [(2, "1", "x"), (3, "2", "y"), new("3", "z")],
        b'id,text\n"1","x"\n2,y\n3,z\n',
    ),
    "line ends of Windows": (
        b"id,text\r\n1,one\r\n",
        [(2, "1", "x"), new("2", "y")],
        b"id,text\r\n1,x\r\n2,y\r\n",
    ),
    "line ends of an old Mac": (b"id,text\r1,one\r", [2, new("2", "y")], b"id,text\r1,one\r2,y\r"),
    "mixed line ends": (
        b"id,text\r\n1,one\n2,two\r\n3,c\n4,d\r\n",
        [2, (3, "2", "x"), (4, "3", "y"), new("5", "e")],
        b"id,text\r\n1,one\n2,x\r\n3,y\n5,e\r\n",
    ),
    "no line end at the end": (
        b"id,text\n1,one",
        [2, new("2", "two")],
        b"id,text\n1,one\n2,two",
    ),
    "no line end, the last row moved": (
        b"id,text\n1,one\n2,two",
        [3, 2],
        b"id,text\n2,two\n1,one",
    ),
    "no line end and only a header": (b"id,text", [new("1", "a")], b"id,text\n1,a"),
    "a mark at the beginning": (
        b"\xef\xbb\xbfid,text\n1,one\n",
        [(2, "1", "\u00e9")],
        b"\xef\xbb\xbfid,text\n1,\xc3\xa9\n",
    ),
    "a short row": (
        b"id,text\n1\n2\n",
        [2, (3, "2", "x")],
        b"id,text\n1\n2,x\n",
    ),
    "a long row keeps what is beyond": (
        b"id,text\n1,one,more\n",
        [(2, "1", "x")],
        b"id,text\n1,x,more\n",
    ),
    "a blank row": (b"id,text\n\n1,one\n", [2, (3, "1", "x")], b"id,text\n\n1,x\n"),
    "a blank row at an open end": (b"id,text\n\n1,one", [3, 2], b"id,text\n1,one\n\n"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_file_after_an_edit(case):
    data, wanted, after = CASES[case]
    old = {row.current_row: row for row in rows_of(data)}
    rows = []
    for each in wanted:
        if isinstance(each, MergedRow):
            rows.append(each)
        elif isinstance(each, int):
            rows.append(old[each])
        else:
            rows.append(MergedRow(each[1:], each[0], each[0]))
    assert saved(data, rows) == after


def test_columns_of_no_field_keep_their_cells_and_are_blank_in_new_rows():
    data = b"note,text,id\nn1,one,1\nn2,two,2\n"
    rows = [MergedRow(("1", "x"), 2, 2), new("3", "c")]
    after = saved(data, rows, {"id": 3, "text": 2, "note": 1}, numbers={2, 3})
    assert after == b"note,text,id\nn1,x,1\n,c,3\n"


def test_a_field_that_the_file_has_not_may_stay_blank_but_gets_no_cell():
    columns = {"text": 1}
    data = b"text\none\n"
    kept = [MergedRow((None, "one"), 2, 2), new(None, "two"), new("", None)]
    assert saved(data, kept, columns, numbers={2}) == b'text\none\ntwo\n""\n'
    with pytest.raises(ValueError, match="no column “id”"):
        saved(data, [MergedRow(("1", "one"), 2, 2)], columns, numbers={2})


def test_comments_stay_before_their_row_and_the_top_stays_at_the_top():
    data = b"# made by hand\nid,text\n# first\n1,one\n# second\n2,two\n3,three\n# end\n"
    rows = {
        number: MergedRow(cells, number, 1)
        for number, cells in {4: ("1", "one"), 6: ("2", "two"), 7: ("3", "three")}.items()
    }
    numbers = set(rows)
    top = b"# made by hand\nid,text\n# first\n"
    assert saved(data, [rows[7], rows[6], rows[4]], numbers=numbers) == (
        top + b"3,three\n# second\n2,two\n1,one\n# end\n"
    )
    assert saved(data, [rows[4], rows[7]], numbers=numbers) == (
        top + b"1,one\n# second\n3,three\n# end\n"
    )
    assert saved(data, [], numbers=numbers) == top + b"# second\n# end\n"


def test_other_delimiters_and_marks_are_kept():
    how = dialect(";", "'")
    data = "id;text\n1;'a;b'\n2;c\n".encode("latin-1")
    rows = [MergedRow(("1", "a;b"), 2, 2), MergedRow(("2", "é;'\""), 3, 3)]
    after = saved(data, rows, how=how, encoding="latin-1")
    assert after == "id;text\n1;'a;b'\n2;'é;''\"'\n".encode("latin-1")


def test_a_space_that_the_reader_would_skip_is_put_in_marks():
    rows = [MergedRow(("1", " x"), 2, 2)]
    assert saved(b"id, text\n1, one\n", rows, how=dialect(skipinitialspace=True)) == (
        b'id, text\n1," x"\n'
    )


@pytest.mark.parametrize(
    ("encoding", "codec", "mark"),
    [
        ("utf-16", "utf-16-le", "\ufeff"),
        ("utf-16", "utf-16-be", "\ufeff"),
        ("utf-16", "utf-16", ""),
        ("utf-16-le", "utf-16-le", ""),
        ("utf-16-be", "utf-16-be", ""),
        ("utf-32", "utf-32-be", "\ufeff"),
        ("utf-8-sig", "utf-8", ""),
        ("utf_8", "utf-8", "\ufeff"),
        ("cp1252", "cp1252", ""),
    ],
)
def test_other_encodings_keep_their_mark_and_the_order_of_their_bytes(encoding, codec, mark):
    data = f"{mark}id,text\n1,é\n".encode(codec)
    rows = [MergedRow(("1", "é"), 2, 2), new("2", "ü")]
    after = rewritten(data, encoding, dialect(), COLUMNS, FIELDS, rows, {2})
    assert after.startswith(data)
    assert after.decode(codec).removeprefix("\ufeff") == "id,text\n1,é\n2,ü\n"


def refusal(data: bytes, rows, **more) -> str:
    with pytest.raises(ValueError) as caught:
        saved(data, rows, **more)
    return str(caught.value)


CHANGED = [MergedRow(("1", "x"), 2, 2)]


def test_what_cannot_be_written_is_told():
    assert "“☃”" in refusal(PLAIN, [MergedRow(("1", "☃"), 2, 2)], encoding="latin-1")
    assert "do not match" in refusal(b'id,text\n1,"one"s\n', CHANGED)
    assert "do not match" in refusal(b'id,text\n1,one\n2,"two\n', CHANGED)
    assert "no quotation marks" in refusal(PLAIN, CHANGED, how=dialect(quotechar=None), numbers={2})
    assert "double" in refusal(PLAIN, CHANGED, how=dialect(escapechar="\\"))
    assert "double" in refusal(PLAIN, CHANGED, how=dialect(doublequote=False))
    twice = b"id,text\n1,\x1b$B\x1b(Bone\n"
    assert "several ways" in refusal(twice, CHANGED, encoding="iso2022_jp")


# --- properties ---------------------------------------------------------------------------

DELIMITERS = st.sampled_from(",;\t|:")
QUOTES = st.sampled_from("\"'`")
ANY_TEXT = st.text(
    st.one_of(st.sampled_from("ab ,;\t|:\"'`\n\r#é"), st.characters(codec="utf-8")), max_size=40
)
CELLS = st.one_of(st.none(), ANY_TEXT.filter(lambda text: len(text) < 8))


@st.composite
def dialects(draw) -> csv.Dialect:
    return dialect(draw(DELIMITERS), draw(QUOTES), draw(st.booleans()))


@given(text=ANY_TEXT, how=dialects(), mark=st.booleans())
@settings(max_examples=400)
def test_rows_that_are_the_same_give_the_same_bytes_whatever_the_file_is(text, how, mark):
    assume(not text.startswith("\ufeff"))
    data = text.encode("utf-8-sig" if mark else "utf-8")
    rows = rows_of(data, "utf-8-sig" if mark else "utf-8", how, first=1)
    columns = {"id": 1, "text": 2}
    assert saved(data, rows, columns, how=how, numbers=set(range(1, len(rows) + 1))) == data


@st.composite
def files(draw) -> tuple[bytes, csv.Dialect, list[tuple[str, str]]]:
    """A file with a header and two columns, written in some way or other, and its rows."""
    how = draw(dialects())
    endings = st.sampled_from(draw(st.sampled_from([("\n",), ("\r\n",), ("\r",), ("\n", "\r\n")])))
    quoting = draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]))
    rows = draw(st.lists(st.tuples(CELLS, CELLS), max_size=6))
    text = ""
    for row in [("id", "text"), *rows]:
        line = io.StringIO()
        csv.writer(
            line,
            delimiter=how.delimiter,
            quotechar=how.quotechar,
            quoting=csv.QUOTE_ALL if any(" " in (c or "") for c in row) else quoting,
            lineterminator="\r\n",
        ).writerow([cell or "" for cell in row])
        text += line.getvalue().removesuffix("\r\n") + draw(endings)
    if draw(st.booleans()):
        text = text.rstrip("\r\n") if rows and rows[-1] != (None, None) else text
    return text.encode(), how, rows


@st.composite
def edited(draw):
    """A file, and rows made from its own: some changed, some gone, some new, in any order."""
    data, how, _ = draw(files())
    rows = rows_of(data, "utf-8", how)
    kept = [row for row in rows if draw(st.integers(0, 4))]
    changed = [
        row._replace(cells=(draw(CELLS), draw(CELLS))) if not draw(st.integers(0, 2)) else row
        for row in kept
    ]
    added = [new(draw(CELLS), draw(CELLS)) for _ in range(draw(st.integers(0, 3)))]
    return data, how, draw(st.permutations(changed + added))


@given(case=edited())
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_after_any_edits_the_file_holds_exactly_the_rows_wanted(case):
    data, how, rows = case
    try:
        after = saved(data, rows, how=how)
    except ValueError as error:
        assert "do not match" in str(error)
        return
    cells = [tuple(cell or "" for cell in row.cells) for row in rows]
    assert [row.cells for row in rows_of(after, "utf-8", how)] == cells
    assert after.split(b"\n")[0].rstrip(b"\r")[:4] == data.split(b"\n")[0].rstrip(b"\r")[:4]


@given(case=edited())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_frictionless_reads_exactly_the_rows_wanted(case, tmp_path):
    data, how, rows = case
    written = {
        "delimiter": how.delimiter,
        "quoteChar": how.quotechar,
        "skipInitialSpace": how.skipinitialspace,
    }
    path = write_package(tmp_path, [resource("t", FIELDS, dialect=written)], {})
    (tmp_path / "t.csv").write_bytes(data)
    package, table = opened(path)
    assume(table.readable and not [i for i in table.issues if i.code == "untidy-quotes"])
    numbers = [row.number for row in table.rows]
    assume([row.current_row for row in rows_of(data, "utf-8", how)] == numbers)
    (tmp_path / "t.csv").write_bytes(content(package, table, rows))
    _, again = opened(path)
    read = [tuple(cell or "" for cell in row.raw) for row in again.rows]
    assert read == [tuple(cell or "" for cell in row.cells) for row in rows]


# --- from the package to the bytes --------------------------------------------------------


def opened(path):
    package = descriptor.load(path)
    return package, reading.read(package.resources[0], package)


def merged(table, **changes) -> list[MergedRow]:
    """The rows of a table as a merge has them; r3=(…) changes row 3."""
    return [
        MergedRow(changes.get(f"r{row.number}", row.raw), row.number, row.number)
        for row in table.rows
    ]


@pytest.mark.parametrize("name", ["dialects", "gallery", "matching", "missing_values", "formats"])
def test_every_fixture_keeps_its_bytes_where_nothing_changed(copy_of, name):
    package = descriptor.load(copy_of(name).folder)
    for each in package.resources:
        table = reading.read(each, package)
        if problem(each) is None and table.readable:
            assert content(package, table, merged(table)) == rawfile.content(each.source)


def test_a_comment_in_the_file_outlives_an_edit(copy_of):
    folder = copy_of("dialects").folder
    package = descriptor.load(folder)
    table = reading.read(package.resource("comments"), package)
    data = rawfile.content(table.resource.source)
    rows = merged(table)
    rows[-1] = rows[-1]._replace(cells=(rows[-1].cells[0], "changed"))
    after = content(package, table, rows)
    assert after.count(b"#") == data.count(b"#") > 0
    assert b"changed" in after


def sample(tmp_path, text: str, **more):
    path = write_package(tmp_path, [resource("t", FIELDS, **more)], {"t.csv": text})
    return opened(path)


def test_a_row_that_would_be_taken_for_a_comment_is_refused(tmp_path):
    package, table = sample(tmp_path, "id,text\n1,one\n", dialect={"commentChar": "#"})
    with pytest.raises(ValueError, match="read differently"):
        content(package, table, merged(table, r2=("#1", "one")))


def test_a_delimiter_that_would_be_guessed_differently_is_refused(tmp_path):
    path = write_package(tmp_path, [resource("t", ["id"])], {"t.csv": "id\none\n"})
    package, table = opened(path)
    rows = [MergedRow((f"a;{number};",), 0, number) for number in range(2, 60)]
    with pytest.raises(ValueError, match="say its delimiter"):
        content(package, table, rows)


def test_line_breaks_in_a_tsv_keep_their_bytes(tmp_path):
    data = b'id\ttext\r\n1\t"a\r\nb"\r\n2\tc\r\n'
    path = write_package(tmp_path, [resource("t", FIELDS, path="t.tsv")], {})
    (tmp_path / "t.tsv").write_bytes(data)
    package, table = opened(path)
    assert content(package, table, merged(table)) == data
    after = content(package, table, merged(table, r3=("2", "x")))
    assert after == data.replace(b"2\tc", b"2\tx")


def test_a_guessed_encoding_is_not_relied_on(tmp_path):
    path = write_package(tmp_path, [resource("t", FIELDS)], {})
    (tmp_path / "t.csv").write_bytes("id,text\n1,né en été à Orléans\n".encode("latin-1"))
    package, table = opened(path)
    assert table.readable
    with pytest.raises(ValueError, match="not certain in which encoding"):
        content(package, table, merged(table))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"data": [{"id": "1", "text": "a"}]}, "descriptor itself"),
        ({"path": "https://example.invalid/t.csv"}, "on the net"),
        ({"path": ["t.csv", "u.csv"]}, "several files"),
        ({"path": "t.csv.zip", "format": "csv", "compression": "zip"}, "compressed"),
        ({"path": "t.ods"}, "“ods”"),
        ({"dialect": {"escapeChar": "\\"}}, "double"),
        ({"dialect": {"csv": {"escapeChar": "\\", "doubleQuote": False}}}, "double"),
        ({}, None),
    ],
)
def test_why_the_edits_of_a_resource_cannot_be_saved(tmp_path, more, words):
    described = resource("t", FIELDS, **more)
    if "data" in more:
        del described["path"]
    path = write_package(tmp_path, [described], {"t.csv": "id,text\n", "u.csv": "1,a\n"})
    package = descriptor.load(path)
    reason = problem(package.resources[0])
    assert reason is None if words is None else words in reason
    if words:
        table = reading.read(package.resources[0], package) if "net" not in words else None
        if table:
            with pytest.raises(ValueError, match=words.split()[-1]):
                content(package, table, [])
