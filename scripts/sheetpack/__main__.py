"""`python -m sheetpack` does what the command `sheetpack` does."""

from sheetpack.cli import main

if __name__ == "__main__":
    main(prog_name="sheetpack")
