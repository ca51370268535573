"""Reading a cell in bounded time, though the descriptor asks for what may never end.

A pattern such as `(a+)+$` is tried in more ways than there are atoms, on a cell of forty
letters. No rule tells such patterns from harmless ones, so a clock does: it counts the time
spent on computing alone, so that a slow disk or a busy machine changes nothing.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import Any

import frictionless

from sheetpack.issue import Refusal
from sheetpack.table import Table

SECONDS = 2.0  # for one cell at most; any honest pattern needs a thousandth of that
SECONDS_PER_CELL = 0.0001  # so much more for each: a million slow cells must not take days
MANY_WAYS = "*+?{|"  # two of these at least are in every pattern that can take for ever
CLOCK = hasattr(signal, "setitimer")  # Windows has none; there, such a pattern is waited for


class _TimeIsUp(BaseException):
    """Not an `Exception`, so that no reader of cells takes it for a cell it cannot read."""


def cell_reader(field: frictionless.Field, table: Table) -> Callable[[Any], tuple[Any, Any]]:
    """What `field.create_cell_reader()` gives, with an end.

    Raises (when it is called):
        Refusal: The cells cannot be held against the field's pattern in bounded time.
    """
    read = field.create_cell_reader()
    if not _may_be_endless(field) or not CLOCK or not _is_main_thread():
        return read
    signal.signal(signal.SIGVTALRM, _stop)
    left = SECONDS

    def bounded(cell: Any) -> tuple[Any, Any]:
        nonlocal left
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, left)
            try:
                return read(cell)
            finally:
                left, _ = signal.setitimer(signal.ITIMER_VIRTUAL, 0)
                left = min(left + SECONDS_PER_CELL, SECONDS)
        except _TimeIsUp:
            limit = field.constraints.get("pattern", field.type)
            issue = table.issue("pattern-endless", field=field.name, cell=cell, limit=limit)
            raise Refusal(issue) from None

    return bounded


def _may_be_endless(field: frictionless.Field) -> bool:
    pattern = str(field.constraints.get("pattern", ""))
    # To find the unit of a number, Frictionless tries every place of a text.
    has_unit = getattr(field, "bare_number", True) is False
    return has_unit or sum(map(pattern.count, MANY_WAYS)) > 1


def _is_main_thread() -> bool:
    """Signals go there only."""
    return threading.current_thread() is threading.main_thread()


def _stop(*_: Any) -> None:
    raise _TimeIsUp
