"""Loads what the work on a shard needs, and builds the tables that are built at the first use.

For a process that others are made from: they have it then, and share its memory. What only pages of HTML need is left
to those who meet one.
"""

from resolver.pipeline import scan
from resolver.shards.scan import scan_shard

__all__ = ["scan_shard"]

scan("The harbour is open! https://t.co/AbCdEf1234 — Jo Doe (@jodoe) May 2, 2019")
