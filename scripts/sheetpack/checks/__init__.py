"""Everything that is checked once the tables are read: a list of small functions.

Each takes the package and its readable tables and yields issues; to add a check, write
such a function and put it into `CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sheetpack.checks.cells import categories, untidy_cells
from sheetpack.checks.codes import code_lists
from sheetpack.checks.edtf import edtf_dates
from sheetpack.checks.ids import shared_ids
from sheetpack.checks.keys import primary_keys, references, unique_values
from sheetpack.checks.others import other_files
from sheetpack.checks.rules import rules
from sheetpack.checks.verified import verified
from sheetpack.issue import Issue
from sheetpack.package import Package
from sheetpack.table import Table

Check = Callable[[Package, Mapping[str, Table]], Iterator[Issue]]

CHECKS: tuple[Check, ...] = (
    untidy_cells,
    categories,
    primary_keys,
    unique_values,
    references,
    code_lists,
    edtf_dates,
    shared_ids,
    rules,
    other_files,
    verified,
)

# What can be said of rows that stand in no file yet.
OF_ROWS = tuple(one for one in CHECKS if one not in (other_files, verified))


def check(
    package: Package, tables: Mapping[str, Table], functions: Sequence[Check] = CHECKS
) -> list[Issue]:
    """Find everything that is wrong with a package.

    Args:
        package: The contract.
        tables: What was read, by the name of the resource (`reading.read_all`).
        functions: What is checked.

    Returns:
        The issues of reading and of all checks, sorted by place; [] if all is well.
    """
    issues = [issue for table in tables.values() for issue in table.issues]
    readable = {name: table for name, table in tables.items() if table.readable}
    for function in functions:
        issues.extend(function(package, readable))
    return sorted(issues)
