"""Known expansions of short links, from files that the user has: loaded once, looked up offline.

>>> import tempfile
>>> from pathlib import Path
>>> folder = Path(tempfile.mkdtemp())
>>> _ = (folder / "links.csv").write_text("https://t.co/Ab1,https://example.org/ferry\\n")
>>> with Known.open(folder / "links.db") as known:
...     loaded = known.load(folder / "links.csv")
...     known.get("http://t.co/Ab1").expanded_url, loaded.pairs
('https://example.org/ferry', 1)
"""

from cache.dumps.known import Expansion, Known, Loaded, Source

__all__ = [
    "Expansion",
    "Known",
    "Loaded",
    "Source",
]
