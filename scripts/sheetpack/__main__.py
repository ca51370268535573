"""`python -m sheetpack` does what the command `sheetpack` does."""

import atexit
import gc
import sys

STOPPED = 130  # the exit code by custom where somebody presses Ctrl-C


def start() -> None:
    """Run the command; Ctrl-C is understood already while it is loaded."""
    # All memory goes with the process; to look through it for rubbish, as Python does at its
    # end, took a fifth of the time of a small package.
    atexit.register(gc.freeze)
    try:
        from sheetpack.cli import main

        main(prog_name="sheetpack")
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        sys.exit(STOPPED)


if __name__ == "__main__":
    start()
