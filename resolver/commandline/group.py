"""A group of commands in which whatever goes wrong becomes one line and an exit code."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from enum import IntEnum
from io import TextIOWrapper
from typing import Any

import click

from resolver.commandline.stopping import Stopped, stoppable
from resolver.errors import ResolverError
from resolver.render.terminal import safe

#: Where a command keeps whether tracebacks are wanted.
DEBUG = "embed_resolver.debug"


class ExitCode(IntEnum):
    """What the commands end with."""

    DONE = 0
    #: A threshold of ``--fail-on`` was crossed.
    CROSSED = 1
    #: Wrong use, or nothing could be done.
    WRONG = 2
    #: Done, but some inputs could not be read.
    INCOMPLETE = 3
    #: Stopped by the user; the same command goes on. Stopped by the system is :attr:`Stopped.exit_code`, as 143.
    STOPPED = 130


#: Where a command says in the context's ``meta`` how to go on after it was stopped, if not by running it again.
WHEN_STOPPED = "resolver.when_stopped"


class Commands(click.Group):
    """The commands, with one line for each error instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what goes wrong becomes one line and an exit code."""
        _write_utf8()
        if sys.stdout is None:  # as "scan >&-" leaves it
            click.echo("Error: standard output is closed; give it a place, such as > embeds.jsonl", err=True)
            ctx.exit(ExitCode.WRONG)
        try:
            with stoppable():
                return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            # Whoever read the output has enough; what is still buffered must not fail at the end either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(ExitCode.DONE)
        except KeyboardInterrupt as stop:
            with suppress(OSError):  # the terminal may be gone
                click.echo(
                    f"Stopped. {ctx.meta.get(WHEN_STOPPED, 'Run the same command again to go on.')}", err=True
                )
            ctx.exit(stop.exit_code if isinstance(stop, Stopped) else ExitCode.STOPPED)
        except Exception as error:
            if ctx.meta.get(DEBUG):
                raise
            click.echo(f"Error: {in_words(error)}", err=True)
            ctx.exit(ExitCode.WRONG)


def _write_utf8() -> None:
    """Have what goes into a file or a pipe be UTF-8, as JSON is (RFC 8259, 8.1); a terminal shows what it can."""
    out = sys.stdout
    if isinstance(out, TextIOWrapper):
        if out.isatty():
            out.reconfigure(errors="replace")
        else:
            out.reconfigure(encoding="utf-8")


def in_words(error: Exception) -> str:
    """Return what went wrong as one line that is safe to print.

    >>> in_words(OSError(28, "No space left on device"))
    '[Errno 28] No space left on device'
    """
    if isinstance(error, (ResolverError, OSError)):
        return safe(str(error))
    return safe(
        f"this tool failed ({type(error).__name__}: {error}); say --debug for details, and please report it"
    )
