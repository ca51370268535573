"""Opening a file whose columns are the fields, as nearly every file's are, without detours.

To open a table, Frictionless describes each field anew three times over: for a header that
tells what is wrong, and for rows that we do not ask it for. Where nothing is wrong with the
header, and rows are typed elsewhere, its parser alone says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import frictionless

from sheetpack import rawfile

Cells = Iterable[list[Any]]


@contextmanager
def as_declared(source: frictionless.Resource) -> Iterator[Cells | None]:
    """The cells of all rows, the header among them, while the file is open.

    Yields:
        None where the names in the header are not the fields, one for one, or the data is not
        one CSV file on this computer: what is wrong then, or which field stands where, is for
        Frictionless to say. The resource is as it was.

    Raises:
        FrictionlessException: The file cannot be read; `source.open()` would say the same.
    """
    if not rawfile.plain_file(source):
        yield None
        return
    described = source.dialect.to_descriptor()  # a parser adds to the dialect what it guesses
    parser = frictionless.system.create_parser(source)
    with parser:
        source.dialect = source.detector.detect_dialect(parser.sample, dialect=source.dialect)
        if _is_declared(source, source.dialect.read_labels(parser.sample)):
            yield parser.cell_stream
            return
    source.dialect = frictionless.Dialect.from_descriptor(described)
    yield None


def _is_declared(source: frictionless.Resource, labels: list[str]) -> bool:
    """Is the header the names of the fields, of which no two are taken for the same?"""
    names = [field.name for field in source.schema.fields]
    keys = names if source.dialect.header_case else [name.lower() for name in names]
    return labels == names != [] and all(names) and len(set(keys)) == len(keys)
