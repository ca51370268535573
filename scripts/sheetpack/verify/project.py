"""The files of a project and the words in them: those that git keeps, or would keep."""

from __future__ import annotations

import codecs
import csv
import html
import io
import os
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from sheetpack.verify.runs import BREAK
from sheetpack.verify.texts import MOST_BYTES, content

# A setting of the repository could name a program for git to start; none is started.
LIST = ("git", "-c", "core.fsmonitor=false", "ls-files", "-z")
KEPT = ("--cached", "--others", "--exclude-standard")

TABLES = (".csv", ".tsv")
DELIMITERS = ",;\t|"
ESCAPE = re.compile(r"\\(?:[nrt]|u([0-9A-Fa-f]{4}))")  # of JSON and of most programming languages
TAG = re.compile(r"<[/?]?[A-Za-z][^<>]*>")  # comments stay: people write in them
INLINE = re.compile(  # may stand inside a word; the second is how a spreadsheet says bold
    r"</?(?:\w+:)?(?:r|t|b|i|u|em|strong|span)(?:\s[^<>]*)?>"
    r"|<(?:\w+:)?rPr>.{0,2000}?</(?:\w+:)?rPr>",
    re.DOTALL,
)
BLOCK_END = re.compile(r"</(?:\w+:)?(?:si|is|comment|p|td|th|li)>")  # a cell's, a paragraph's
VALUE = re.compile(r"\"([^\"]*)\"|'([^']*)'")


def files(folder: Path) -> list[Path]:
    """The files below a folder that git tracks or would track.

    Without git these are all files, those in hidden folders left out. Symbolic links are not
    followed: what git keeps of them is where they lead.
    """
    command = [*LIST, *KEPT]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        listed = done.stdout.split(b"\0") if done.returncode == 0 else []
    except OSError:  # there is no git
        listed = []
    # Git lists nothing of a folder that it ignores as a whole.
    paths = {folder / os.fsdecode(name) for name in listed if name} or set(_walk(folder))
    return sorted(path for path in paths if path.is_file() and not path.is_symlink())


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names)


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """What there is to read in a file: the name of the part, and its text.

    A workbook, and every other archive, has a part for each of the files packed in it; any
    other file is one part without a name. No file is passed over for its kind: what is no
    text has no words in it that matter.

    Raises:
        One of `files.UNREADABLE`: The file cannot be read, or is larger than what we look at.
    """
    if not is_zipfile(path):
        yield "", readable(content(path), path.name)
        return
    with ZipFile(path) as archive:
        left = MOST_BYTES
        for entry in archive.infolist():
            with archive.open(entry) as part:
                data = part.read(left + 1)
            left -= len(data)
            if left < 0:
                raise OSError(0, f"it is larger than {MOST_BYTES // 1_000_000} MB when unpacked")
            yield entry.filename, readable(data, entry.filename)


def readable(data: bytes, name: str) -> str:
    """The bytes of a file as text, cells kept apart by `BREAK`.

    Of markup this is what people read, then the values of attributes. Line breaks outside of
    tags stay, so that lines can be counted.
    """
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = data.decode("utf-16" if is_utf16 else "utf-8-sig", errors="replace")
    if name.lower().endswith(TABLES):
        return _cells(text)
    if text.lstrip().startswith("<"):
        return _unmarked(text)
    return ESCAPE.sub(_letter, text)


def _letter(escape: re.Match[str]) -> str:
    """The letter, digit or accent that an escape stands for; a space for anything else."""
    character = chr(int(escape[1] or "20", 16))
    return character if character.isalnum() or unicodedata.combining(character) else " "


def _cells(text: str) -> str:
    """The cells of a CSV; the character that stands most often in its header parts them."""
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:  # it only calls itself a CSV
        return text
    return "\n".join(BREAK.join([*row, ""]) for row in rows)


def _unmarked(text: str) -> str:
    """Markup without its tags; a word of which one half is bold stays one word."""
    values = [value[0] or value[1] for tag in TAG.findall(text) for value in VALUE.findall(tag)]
    words = TAG.sub(" ", INLINE.sub("", BLOCK_END.sub(BREAK, text)))
    return html.unescape("\n".join([words, BREAK.join(values)]))
