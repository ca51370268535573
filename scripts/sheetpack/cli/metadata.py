"""`sheetpack metadata`: what catalogues, archives and citation managers read."""

from __future__ import annotations

from pathlib import Path

import click

from sheetpack.cli.options import package_option


@click.command(short_help="Write what catalogues and archives need to know.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; are the files current?")
@package_option
@click.pass_context
def metadata(ctx: click.Context, folder: Path, only_check: bool, package_path: Path) -> None:
    """Write CITATION.cff, .zenodo.json, croissant.json and dataset.jsonld to FOLDER.

    All of it comes from the descriptor. What somebody else wrote is never replaced.

    Exit codes: 0 all is well, 1 the files are not current (with --check), 2 the descriptor
    cannot be read or the files cannot be written.
    """
    from sheetpack import catalogue, files
    from sheetpack import metadata as making
    from sheetpack.cli.opening import open_package
    from sheetpack.cli.telling import tell
    from sheetpack.issue import Refusal
    from sheetpack.report import Checked

    package = open_package(package_path)
    made = making.files(package, folder)
    if only_check:
        issues = [
            catalogue.issue("metadata-stale", file=(folder / name).as_posix())
            for name in making.stale(made, folder)
        ]
        if issues:
            click.echo(tell(issues, Checked(), "text", package))
            ctx.exit(1)
        return
    present = [name for name in made if (folder / name).exists()]
    if present and not making.are_ours(folder):
        raise Refusal(*(catalogue.issue("metadata-not-ours", file=name) for name in present))
    files.write_all({folder / name: content for name, content in made.items()})
    for name, content in made.items():
        click.echo(f"{(folder / name).as_posix()}: {len(content):,} bytes")
