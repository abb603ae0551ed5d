"""What the commands share: their options, how inputs are read for them, and how results and errors are printed.

The commands themselves are in ``cli.py``, which is also the only place that brings the cache to the resolver.
"""
