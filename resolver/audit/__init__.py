"""Stage 6: what became of links. Checks them, and makes verdicts of what was observed over time.

>>> from resolver.audit import DeadRule
>>> DeadRule().checks
3
"""

from __future__ import annotations

from resolver.audit.check import Checker
from resolver.audit.oembed import ENDPOINTS
from resolver.audit.places import target_of
from resolver.audit.verdict import DeadRule, finding_of

__all__ = ["ENDPOINTS", "Checker", "DeadRule", "finding_of", "target_of"]
