"""The command `sheetpack`: one module a sub-command, loaded only when it is called."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import Any

import click

from sheetpack.__main__ import STOPPED

COMMANDS = {
    "validate": "sheetpack.cli.validate:validate",
    "format": "sheetpack.cli.format:format_files",
    "build": "sheetpack.cli.build:build",
    "diff": "sheetpack.cli.diff:diff",
    "merge": "sheetpack.cli.merge:merge",
    "verify": "sheetpack.cli.verify:verify",
    "describe": "sheetpack.cli.describe:describe",
    "metadata": "sheetpack.cli.metadata:metadata",
    "release": "sheetpack.cli.release:release",
}
# Rows are many small objects that live to the end; to look through them for rubbish over and
# over takes a third of the time of a large merge, and finds none.
NEW_BEFORE_A_LOOK = 200_000


class Commands(click.Group):
    """Imports a command when it is called; turns every failure into words and a code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        return getattr(import_module(module), attribute)

    def main(self, *arguments: Any, standalone_mode: bool = True, **more: Any) -> Any:
        """As click's, but Ctrl-C means the same whenever it is pressed."""
        if not standalone_mode:
            return super().main(*arguments, standalone_mode=False, **more)
        try:
            code = super().main(*arguments, standalone_mode=False, **more)
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("Stopped.", err=True)
            code = STOPPED
        sys.exit(code)

    def invoke(self, ctx: click.Context) -> Any:
        gc.set_threshold(NEW_BEFORE_A_LOOK)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # a terminal may not know every character
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click's own business
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(STOPPED)
        except Exception as error:
            if _was_stopped(error):
                click.echo("Stopped.", err=True)
                ctx.exit(STOPPED)
            from sheetpack.cli.telling import tell_refusal

            tell_refusal(ctx, error)
            ctx.exit(2)


def _was_stopped(error: BaseException | None) -> bool:
    """Did something fail only because Ctrl-C came in its midst, such as closing half a file?"""
    while error and not isinstance(error, KeyboardInterrupt):
        error = error.__context__
    return error is not None


def _tell_version(ctx: click.Context, parameter: click.Parameter, asked: bool) -> None:
    """Say which version is installed; where sheetpack runs from its source, there is none."""
    if not asked or ctx.resilient_parsing:
        return
    from importlib import metadata  # takes longer than everything else that help needs

    try:
        version = metadata.version("sheetpack")
    except metadata.PackageNotFoundError:
        version = "not installed"
    click.echo(f"{ctx.find_root().info_name}, version {version}")
    ctx.exit()


@click.group(cls=Commands)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Check a data package, and build the workbook people edit from it."""
