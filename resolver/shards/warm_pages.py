"""Makes the engine that pages of HTML are sifted with, as :mod:`resolver.shards.warm_texts` makes that for texts."""

from resolver.detect.prefilter.sieve import WORTH
from resolver.pipeline import sieve

sieve(notes=True).of_page(bytes(WORTH))
