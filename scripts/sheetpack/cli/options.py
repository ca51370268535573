"""Options that several commands share: one decorator each."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("text", "json", "markdown", "github")
FORMAT_KEY = "sheetpack.format"


def _remember_format(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    """Keep the format where a refusal finds it, whichever command refuses."""
    ctx.meta[FORMAT_KEY] = value
    return value


package_option = click.option(
    "--package",
    "package_path",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The datapackage.json to work on (or YAML), or the folder that holds one.  "
    "[default: this folder]",
)

format_option = click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    callback=_remember_format,
    is_eager=True,
    help="How to write what was found; github makes annotations on the changed lines.",
)

changes_format_option = click.option(
    "--format",
    "format_name",
    type=click.Choice([name for name in FORMATS if name != "github"]),
    default="text",
    show_default=True,
    callback=_remember_format,
    is_eager=True,
    help="How to write what differs; markdown is for a comment on a pull request.",
)

quiet_option = click.option("--quiet", is_flag=True, help="Write problems and notes only.")
