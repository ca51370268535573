"""Changes at random to a descriptor, to the bytes of a CSV, to the parts of a workbook.

Each function takes whatever chooses at random: hypothesis, a number to begin with, or the
bytes of a coverage-guided fuzzer. The same choices give the same input.
"""

from __future__ import annotations

import io
import json
import re
from copy import deepcopy
from random import Random
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import yaml

from tests.fuzz.seeds import words
from tests.received.handmade import zipped

ODD: list[Any] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    2**63,
    1e308,
    0.1,
    float("inf"),
    float("nan"),
    "",
    " ",
    "\0",
    "\ud800",
    "\ufeff",
    "\u202e",
    "\x1b[31m",
    "é" * 40,
    "a" * 40_000,
    "a\nb",
    "../away.csv",
    "/etc/hostname",
    "C:\\a.csv",
    "http://localhost:1/a.csv",
    "file:///etc/hostname",
    "=1+1",
    "<b>&amp;",
    "{0.__class__}",
    "%s%n",
    "(a+)+$",
    "(",
    "[^",
    "\\",
    "'; DROP TABLE a; --",
    "con",
    "sqlite_master",
    "2024-02-30",
    "9999999-01-01",
    "1e999",
    "NaN",
    "utf-16",
    "rot13",
    "idna",
    "zip",
    "gz",
    "xlsx",
    "sql",
    "geojson",
    "array",
    "object",
    "duration",
    "list",
    "year",
    "%Y-%m-%d %H:%M",
    "^\\d+$",
    [],
    {},
    [[]],
    [None],
    [{}],
    {"": ""},
    {"a": {"b": []}},
    ["a", "a"],
    ["id", "id"],
]
LONG = "9" * 5_000
TOKENS = [
    b'"', b'""', b"'", b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\0", b"\xef\xbb\xbf",
    b"\xff\xfe", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x1b[2J", b"\x1a", b"\x85", b"\xe2\x80\xa8",
    b"=1+1", b"-0", b"1e999", b"NaN", b"inf", b"9" * 400, b"2024-13-01", b"0000-00-00", b"24:00:00",
    b"P1Y", b"{", b"[" * 3_000, b'"[' + b"[" * 3_000 + b'"', b'"{""a"": 1}"', b"a" * 140_000,
    b"#", b"\\", b" ", b"\xc2\xa0", b"true", b"nan,nan", b"[1, 2]", b"(1,2)", b"1_000", b"\xd9\xa3",
]  # fmt: skip
ENCODINGS = ["utf-16", "utf-32", "latin-1", "cp1252", "shift_jis", "utf-8-sig", "utf-7"]
TEXTS = [
    "", " ", "0", "-1", "1e999", "NaN", "A1", "A0", "XFD1048576", "A1:XFD1048576", "ZZZZ999999",
    "b", "e", "s", "str", "d", "inlineStr", "n", "true", "=1+1", "#REF!", "9999999999", "99" * 200,
    "2024-05-01", "0.5", "45000", "-45000", "2958466", "_x0000_", "_xD800_", "&#10;", "&no;",
    "&#0;", "<b>", "\x1b", "../../etc/hostname", "a" * 33_000, "xl/workbook.xml", "r1", "Base",
]  # fmt: skip
READ = re.compile("sheet|workbook|sharedStrings|styles|table|rels")  # what the engine reads
PIECES = re.compile(r"<[^<>]*>|[^<>]+")


def descriptor(random: Random, said: Any) -> bytes:
    """A descriptor near a valid one, as JSON or YAML."""
    said = deepcopy(said)
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        said = _changed(random, said)
    text = _written(random, said)
    data = text.encode("utf-8", "surrogatepass")
    return some_bytes(random, data) if random.randint(0, 9) == 0 else data


def _written(random: Random, said: Any) -> str:
    if random.randint(0, 4) == 0:
        try:
            text = yaml.safe_dump(said, allow_unicode=True)
        except (yaml.YAMLError, ValueError):
            text = json.dumps(said)
    else:
        text = json.dumps(said, ensure_ascii=random.randint(0, 1) == 0)
    if random.randint(0, 19) == 0:  # as deep, or as large, as no program would write it
        odd = random.choice(
            ["[" * 5_000 + "]" * 5_000, '{"a":' * 900 + "1" + "}" * 900, "9" * 5_000]
        )
        text = text.replace(random.choice(["true", "1", '"string"', "{}", "[]"]), odd, 1)
    return text


def _changed(random: Random, said: Any) -> Any:
    """One change at one place of a tree."""
    places = [*_places(said)]
    if not places:
        return _odd(random)
    holder, key = random.choice(places)
    action = random.randint(0, 9)
    if action <= 1:
        del holder[key]
    elif action <= 4:
        holder[key] = _odd(random)
    elif action == 5:
        holder[key] = deepcopy(random.choice(words()[1]))
    elif action == 6:
        holder[key] = random.choice([[holder[key]], {"name": holder[key]}, str(holder[key])])
    elif action == 7:
        other, there = random.choice(places)
        if there in other if isinstance(other, dict) else there < len(other):
            holder[key] = deepcopy(other[there])
    elif isinstance(holder, dict):
        name = random.choice(words()[0])
        value = holder[key] if action == 8 else _odd(random)
        holder[name] = deepcopy(value)
    else:
        holder.append(deepcopy(holder[key]))
    return said


def _places(node: Any) -> Any:
    """Every place of a tree: what holds it, and under which name or number."""
    if isinstance(node, dict | list):
        for key in node if isinstance(node, dict) else range(len(node)):
            yield node, key
            yield from _places(node[key])


def _odd(random: Random) -> Any:
    odd, (names, values) = deepcopy(ODD), words()
    return random.choice(
        [random.choice(odd), random.choice(names), deepcopy(random.choice(values))]
    )


def table(random: Random, data: bytes) -> bytes:
    """The bytes of a CSV that somebody, or some program, spoilt."""
    if random.randint(0, 9) == 0:
        encoding = random.choice(ENCODINGS)
        data = data.decode("utf-8", "replace").encode(encoding, "replace")
    for _ in range(random.randint(0, 3)):
        cells = re.split(rb"([,;\t\n])", data)
        cells[random.randrange(len(cells))] = random.choice(TOKENS)
        data = b"".join(cells)
    return some_bytes(random, data) if random.randint(0, 1) else data


def some_bytes(random: Random, data: bytes) -> bytes:
    """Bytes that are cut, doubled, overwritten, or have others among them."""
    for _ in range(random.randint(1, 4)):
        start = random.randint(0, len(data))
        end = min(len(data), start + random.randint(0, 30))
        middle = random.choice(
            [
                b"",
                data[start:end] * 2,
                random.choice(TOKENS),
                bytes(random.randint(0, 255) for _ in range(random.randint(1, 8))),
            ]
        )
        data = data[:start] + middle + data[end:]
    return data[: random.randint(0, len(data))] if random.randint(0, 15) == 0 else data


def workbook(random: Random, data: bytes) -> bytes:
    """A workbook whose parts say something else."""
    if random.randint(0, 14) == 0:
        return some_bytes(random, data)
    parts = unpacked(data) or {"xl/workbook.xml": data}
    for _ in range(random.randint(1, 3)):
        read = [name for name in parts if READ.search(name)]
        name = random.choice(read if read and random.randint(0, 3) else list(parts))
        action = random.randint(0, 19)
        if action == 0:
            del parts[name]
        elif action == 1:
            parts[name] = some_bytes(random, parts[name])
        elif action == 2:
            parts[name] = parts[random.choice(list(parts))]
        else:
            parts[name] = _markup(random, parts[name])
        if not parts:
            break
    return zipped(parts)


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook; none where it is not one, or no longer."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # damaged in any way
        return {}


def _markup(random: Random, data: bytes) -> bytes:
    """A part in which values and texts are replaced, or tags are dropped, doubled, swapped."""
    pieces = PIECES.findall(data.decode("utf-8", "replace"))
    for _ in range(random.randint(1, 4)):
        if not pieces:
            break
        at = random.randrange(len(pieces))
        piece = pieces[at]
        action = random.randint(0, 19)  # mostly what leaves the part well-formed
        if action == 0:
            del pieces[at]
        elif action == 1:
            pieces.insert(at, random.choice(pieces))
        elif action == 2:
            other = random.randrange(len(pieces))
            pieces[at], pieces[other] = pieces[other], piece
        elif piece.startswith("<"):
            inside = re.findall(r'"[^"]*"', piece)
            if inside:
                value = f'"{_text(random)}"'
                pieces[at] = piece.replace(random.choice(inside), value, 1)
        else:
            pieces[at] = _text(random)
    return "".join(pieces).encode("utf-8", "replace")


def _text(random: Random) -> str:
    """What may stand in a part; mostly so that the part stays well-formed."""
    text = random.choice(TEXTS)
    return escape(text, {'"': "&quot;"}) if random.randint(0, 5) else text
