from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "scripts"


def test_at_the_end_nobody_looks_through_the_memory_for_rubbish():
    code = (
        "import atexit, gc, sys\n"
        "atexit.register(lambda: print('put aside:', gc.get_freeze_count() > 10_000))\n"
        "from sheetpack.__main__ import start\n"
        "sys.argv = ['sheetpack', '--help']\n"
        "start()\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        text=True,
        env={"PYTHONPATH": str(SOURCE)},
    )
    assert result.stdout.splitlines()[-1] == "put aside: True"
