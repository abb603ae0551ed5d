"""What it costs to scan in several processes, and to load what they found: ``python -m benchmarks.scale``."""
