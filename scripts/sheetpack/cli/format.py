"""`sheetpack format`: bring the data files into their canonical form."""

from __future__ import annotations

from pathlib import Path

import click

from sheetpack.cli.options import format_option, package_option, quiet_option


@click.command("format", short_help="Put the CSV files into their agreed form.")
@package_option
@format_option
@quiet_option
def format_files(package_path: Path, format_name: str, quiet: bool) -> None:
    """Rewrite the CSV files of the package in their agreed form, changing no value.

    The agreed form is UTF-8, one line feed after each row, columns in their order, and
    quotation marks only where they are needed. Files that are in it already are not touched;
    nothing is written where one file cannot be read.

    Exit codes: 0 all files are in their form now, 2 a file cannot be read or written.
    """
    from sheetpack import descriptor, formatting, transaction
    from sheetpack.cli.opening import open_package
    from sheetpack.cli.telling import Progress

    progress = Progress(quiet)
    package = open_package(package_path)
    progress("Reading")
    changed = formatting.changes(package)
    if changed:
        with transaction.locked(package.folder):
            # Read anew, so that nothing is lost that another command wrote meanwhile.
            changed = formatting.changes(descriptor.load(package.path))
            transaction.commit(package.folder, changed)
    if not quiet:
        for path in changed:
            click.echo(f"formatted {path.relative_to(package.folder).as_posix()}")
        total = len(package.resources)
        left = f"the other {total - len(changed)}" if changed else f"all {total}"
        click.echo(f"Rewrote {len(changed)} of {total} files; {left} are in the agreed form.")
