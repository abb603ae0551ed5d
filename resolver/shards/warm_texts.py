"""Makes the engine that texts are sifted with, which takes seconds: once, before processes are made from this one."""

from resolver.detect.prefilter.sieve import WORTH
from resolver.pipeline import sieve

# So much is read without an engine, since most inputs are smaller than what is worth one.
sieve(notes=True).of_text(bytes(WORTH))
