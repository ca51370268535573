"""`python -m sheetpack` does what the command `sheetpack` does."""

import sys

STOPPED = 130  # the exit code by custom where somebody presses Ctrl-C


def start() -> None:
    """Run the command; Ctrl-C is understood already while it is loaded."""
    try:
        from sheetpack.cli import main

        main(prog_name="sheetpack")
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        sys.exit(STOPPED)


if __name__ == "__main__":
    start()
