"""Embeds that a page holds back for lack of consent: recognised by their markup, with what they hide.

Vendors are rows in ``resolver/rules/vendors``. Left out, since no public source shows the markup that they write:
Osano, Termly and TrustArc on frames (their own pages show scripts only), the WordPress consent API, the
click-to-load page of ad blockers, and publishers of which only the wording is known. The net under the rows finds
those of them that keep a platform's address or HTML in an attribute.
"""

from resolver.detect.blocked.element import BlockedElement
from resolver.detect.blocked.find import find_blocked
from resolver.detect.blocked.hidden_markup import may_hide_markup
from resolver.detect.blocked.rows import check_rows, vendor_rows

__all__ = ["BlockedElement", "check_rows", "find_blocked", "may_hide_markup", "vendor_rows"]
