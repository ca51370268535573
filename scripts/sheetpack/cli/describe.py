"""`sheetpack describe`: a page of every field and every code, from the descriptor."""

from __future__ import annotations

from pathlib import Path

import click

from sheetpack.cli.options import package_option


@click.command(short_help="Write a page of all fields and codes.")
@click.argument("page", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; is the page current?")
@package_option
@click.pass_context
def describe(ctx: click.Context, page: Path, only_check: bool, package_path: Path) -> None:
    """Write what the descriptor and its code lists say to PAGE, in Markdown.

    Exit codes: 0 all is well, 1 the page is not current (with --check) or the code lists
    have problems, 2 the descriptor cannot be read or the page cannot be written.
    """
    from sheetpack import catalogue, files, handbook
    from sheetpack.cli.opening import open_package
    from sheetpack.cli.telling import tell
    from sheetpack.issue import Refusal
    from sheetpack.reading import read
    from sheetpack.report import Checked

    package = open_package(package_path)
    codes = package.settings.get("codes", {}).get("resource")
    tables = {codes: read(package.resource(codes), package)} if codes else {}
    issues = [issue for table in tables.values() for issue in table.issues]
    if not any(issue.level == "error" for issue in issues):
        content = handbook.page(package, tables).encode()
        if not only_check:
            if page.exists() and not _is_ours(page, handbook.MARK):
                raise Refusal(catalogue.issue("page-not-ours", file=page.as_posix()))
            files.write(page, content)
            lines = content.count(b"\n")
            click.echo(f"{page.as_posix()}: {lines:,} lines")
        elif not page.is_file() or page.read_bytes() != content:
            issues.append(catalogue.issue("page-stale", file=page.as_posix()))
    if any(issue.level == "error" for issue in issues):
        click.echo(tell(issues, Checked(), "text", package))
        ctx.exit(1)


def _is_ours(page: Path, mark: str) -> bool:
    """Was the page made by this command? What anybody else wrote is never replaced."""
    try:
        return page.is_file() and mark in page.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
