"""What a document's bytes tell of the embeds in it, before anything of it is decoded."""

from resolver.detect.prefilter.screening import Screening
from resolver.detect.prefilter.sieve import Sieve
from resolver.detect.prefilter.traces import Trace

__all__ = ["Screening", "Sieve", "Trace"]
