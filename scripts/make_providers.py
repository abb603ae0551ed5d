"""Write ``resolver/rules/providers.json``: which addresses can be embedded, and who provides them.

The list is npm's ``oembed-providers`` (https://oembed.com/providers.json, MIT licence), which its maintainers keep.
Run ``npm pack oembed-providers``, unpack what that leaves, and give its folder::

    python -m scripts.make_providers package
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FILE: Final = Path(__file__).parents[1] / "resolver" / "rules" / "providers.json"


def make_list(package: Path) -> dict[str, Any]:
    """Return the content of the file: the list's version and licence, and the schemes of each provider."""
    providers = json.loads((package / "providers.json").read_text(encoding="utf-8"))
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    return {
        "source": f"npm oembed-providers {version}",
        "license": (package / "LICENSE").read_text(encoding="utf-8").strip(),
        "providers": {name: schemes for provider in providers for name, schemes in _schemes(provider)},
    }


def _schemes(provider: dict[str, Any]) -> Iterable[tuple[str, list[str]]]:
    schemes = {scheme for endpoint in provider["endpoints"] for scheme in endpoint.get("schemes", [])}
    # Http and https are one address here.
    both = sorted({scheme.partition("://")[2] for scheme in schemes if "://" in scheme})
    if both:
        yield provider["provider_name"], both


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.make_providers", description=__doc__.splitlines()[0]
    )
    parser.add_argument("package", type=Path, help="the unpacked folder of npm's package")
    options = parser.parse_args(arguments)
    made = make_list(options.package)
    FILE.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(made['providers'])} providers of {made['source']}")


if __name__ == "__main__":
    main()
