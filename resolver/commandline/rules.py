"""The commands that list the rules, and test new ones."""

from __future__ import annotations

from pathlib import Path

import click

from resolver.commandline import options
from resolver.commandline.group import ExitCode
from resolver.commandline.printing import say
from resolver.render.terminal import safe


@click.group()
def rules() -> None:
    """List the rules that embeds are found by, and test new ones.

    \b
    Examples:
      embed-resolver rules list
      embed-resolver rules test my-vendor.toml
    """


@rules.command("list", short_help="Print platforms, consent managers and wordings of notes.")
@click.option(
    "--kind", type=click.Choice(["platform", "vendor", "phrase"]), help="Only the rules of one kind."
)
@options.common
def list_rules(kind: str | None, quiet: bool) -> None:  # noqa: ARG001 - it prints nothing but what was asked for
    """Print platforms, consent managers and the wordings of notes, each with its source.

    \b
    Examples:
      embed-resolver rules list --kind vendor
    """
    from resolver.detect.catalogue import rules as all_rules

    for rule in all_rules():
        if kind in {None, rule.kind}:
            name = f"{rule.name} ({rule.language})" if rule.language else rule.name
            click.echo(f"{rule.kind:<8}  {safe(name)}  [{safe(rule.source)}]")


@rules.command("test", short_help="Check a file of new vendor rows against their samples.")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.common
@click.pass_context
def test_rules(ctx: click.Context, /, path: Path, quiet: bool) -> None:
    """Check a TOML file of new vendor rows: its form, and each row's sample against what must come out.

    \b
    Examples:
      embed-resolver rules test my-vendor.toml
    """
    from resolver.detect.catalogue import problems

    found = problems(path)
    for problem in found:
        click.echo(f"Error: {safe(problem)}", err=True)
    if not found:
        say(["Every row is well-formed, and its sample gives what it must."], quiet=quiet)
    ctx.exit(ExitCode.WRONG if found else ExitCode.DONE)
