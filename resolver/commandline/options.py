"""The options that several commands have, gathered into one argument where they belong together."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from resolver.commandline.group import DEBUG
from resolver.commandline.inputs import Inputs
from resolver.commandline.numbers import MOST_SECONDS, Number
from resolver.commandline.sharding import Sharding
from resolver.errors import ColumnError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from resolver.documents import Columns
    from resolver.expand.policy import Policy

    Command = Callable[..., Any]

#: Where what was seen is kept, unless said otherwise.
DATABASE = "provenance.db"
#: What can stand in a column of a table.
_COLUMNS = ("text", "html", "id", "url", "date")


class Network(NamedTuple):
    """How a command asks the web."""

    dry_run: bool
    #: The server that answers for a host instead of the web.
    connect_to: Mapping[str, str]
    #: The folder for what is asked and answered.
    warc: str | None
    user_agent: str | None
    concurrency: int
    per_host: int
    #: Requests begun with one host in a second; 0 for no limit.
    host_rate: float
    #: Ports that are asked beside 80 and 443.
    port: tuple[int, ...]

    @property
    def policy(self) -> Policy:
        """How links are followed."""
        from resolver.expand.policy import Policy

        ports = Policy().ports | set(self.port)
        return Policy(host_rate=self.host_rate or None, ports=ports)

    def estimate(self, links_per_host: Iterable[int]) -> float:
        """Return about how many seconds it takes to follow so many links of each host."""
        return self.policy.estimate(links_per_host, concurrency=self.concurrency, per_host=self.per_host)

    @property
    def arguments(self) -> dict[str, object]:
        """What is written down of it with the run."""
        import os

        said = {
            "warc": self.warc and os.path.abspath(self.warc),  # noqa: PTH100 - pathlib is not needed to start
            "user_agent": self.user_agent,
            "concurrency": self.concurrency,
            "per_host": self.per_host,
            "host_rate": self.host_rate,
            "port": self.port,
        }
        return {name: value for name, value in said.items() if value}


def common(command: Command) -> Command:
    """Add the options that every command has."""
    for option in (
        click.option(
            "--debug", is_flag=True, expose_value=False, callback=_set_debug, help="Show tracebacks."
        ),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
    ):
        command = option(command)
    return command


def inputs(command: Command) -> Command:
    """Add the inputs, and the options that say what is in which column; the command gets one ``inputs``."""
    options = [
        click.option(
            f"--{name}-col", metavar="NAME", help=f"Column of tables with the {name}; guessed where not said."
        )
        for name in reversed(_COLUMNS)
    ]
    preset = click.option(
        "--preset",
        metavar="NAME",
        help="The data set whose columns tables have: fineweb, c4, oscar, isot and others.",
    )
    argument = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
    return gathered(command, "inputs", _inputs, [preset, *options, argument])


def _inputs(*, inputs: tuple[str, ...], preset: str | None, **columns: str | None) -> Inputs:
    from dataclasses import asdict

    if not all(inputs):  # as a variable that is not set leaves it; it would be the current folder
        raise click.BadParameter("a name is empty; give a file, a folder, a pattern or -", param_hint="INPUT")
    known = {} if preset is None else asdict(_preset(preset))
    said = {name.removesuffix("_col"): column for name, column in columns.items()}
    return Inputs(inputs, {name: column or known.get(name) for name, column in said.items()})


def _preset(name: str) -> Columns:
    from resolver.documents import named

    try:
        return named(name)
    except ColumnError as error:
        raise click.BadParameter(str(error), param_hint="--preset") from error


def sharding(command: Command) -> Command:
    """Add the options of commands that can scan in several processes; the command gets one ``sharding``."""
    options = [
        click.option(
            "--results",
            metavar="FOLDER",
            callback=_not_empty,
            help="Keep what is found here, shard by shard: for load, and to go on after a stop.",
        ),
        click.option("--dask", metavar="ADDRESS", help="Scan on the Dask cluster of this scheduler."),
        click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Scan in N processes."),
    ]
    return gathered(command, "sharding", Sharding, options)


def _not_empty(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value == "":
        raise click.BadParameter("the name is empty")
    return value


def database(command: Command) -> Command:
    """Add the database."""
    return click.option(
        "--db",
        default=DATABASE,
        show_default=True,
        envvar="EMBED_RESOLVER_DB",
        show_envvar=True,
        metavar="FILE",
        help="The database of what was seen.",
    )(command)


def network(command: Command) -> Command:
    """Add the options of commands that ask the web; the command gets one ``network``."""
    options = [
        click.option(
            "--dry-run", is_flag=True, help="Keep what is found, say what would be asked, and stop."
        ),
        click.option(
            "--warc", metavar="FOLDER", help="Record what is asked and answered in WARC files there."
        ),
        click.option("--user-agent", metavar="TEXT", callback=_user_agent, help="How to say who asks."),
        click.option(
            "--concurrency",
            type=click.IntRange(1, 1024),
            default=16,
            show_default=True,
            metavar="N",
            help="Requests under way at once.",
        ),
        click.option(
            "--per-host",
            type=click.IntRange(1, 1024),
            default=4,
            show_default=True,
            metavar="N",
            help="Of these, with one host.",
        ),
        click.option(
            "--host-rate",
            type=Number(min=0),
            default=10.0,
            show_default=True,
            metavar="N",
            help="Requests begun with one host in a second; 0 for no limit.",
        ),
        click.option(
            "--port",
            type=click.IntRange(1, 65535),
            multiple=True,
            metavar="N",
            help="A port that is asked beside 80 and 443. Repeatable.",
        ),
        click.option(
            "--connect-to",
            multiple=True,
            metavar="HOST=URL",
            callback=_connect_to,
            help="Send the requests for HOST to the server at URL (http://127.0.0.1:PORT). Repeatable; for try-outs.",
        ),
    ]
    return gathered(command, "network", Network, options)


def gathered(
    command: Command, name: str, make: Callable[..., Any], options: Sequence[Callable[[Command], Command]]
) -> Command:
    """Return the command with the options, which it gets as the one argument *name* that *make* makes of them."""
    declared = _names(options)

    @functools.wraps(command)
    def with_gathered(*arguments: Any, **values: Any) -> Any:
        own = {option: values.pop(option) for option in declared}
        return command(*arguments, **{name: make(**own)}, **values)

    made: Command = with_gathered
    for option in options:
        made = option(made)
    return made


def _names(options: Sequence[Callable[[Command], Command]]) -> list[str]:
    """Return the names under which click passes the options."""

    def bare() -> None: ...

    for option in options:
        option(bare)
    return [parameter.name for parameter in bare.__click_params__]  # type: ignore[attr-defined]


def _set_debug(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    ctx.meta[DEBUG] = value


def _user_agent(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not (value.isascii() and value.isprintable() and value.strip()):
        raise click.BadParameter("it must be printable ASCII")
    return value


def links(command: Command) -> Command:
    """Add the tables of known expansions."""
    return click.option(
        "--links",
        multiple=True,
        metavar="FILE",
        help="Known expansions, which are not asked: BEACON, JSON Lines of tweets, CSV of short,long. Repeatable.",
    )(command)


def wait(command: Command) -> Command:
    """Add how long another run on the same database is waited for."""
    return click.option(
        "--wait",
        type=Number(min=0, max=MOST_SECONDS),
        default=0.0,
        metavar="SECONDS",
        help="Wait so long for another run that uses the database; not at all where not said.",
    )(command)


def _connect_to(_ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for value in values:
        host, separator, url = value.partition("=")
        if not (host and separator and is_server(url, "http")):
            raise click.BadParameter(f"{value!r} is not HOST=URL, as in t.co=http://127.0.0.1:8000")
        pairs[host.lower()] = url
    return pairs


def is_server(url: str, *schemes: str) -> bool:
    """Return whether an address is that of a server which is asked by one of the *schemes*.

    >>> is_server("http://127.0.0.1:8000", "http"), is_server("https://[", "http", "https")
    (True, False)
    """
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that are not closed, a port that is none
        return False
