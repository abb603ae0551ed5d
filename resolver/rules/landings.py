"""Words in paths that say what is there: pages before pages, and other faces of the same page."""

from __future__ import annotations

from typing import Final

#: Where those are sent who may not see a page: a part of the path, in lower case. What stands before a page says
#: nothing of the page. From addresses that readers of newspapers are sent to; the hosts of walls with an address in
#: their parameters are in :mod:`resolver.rules.wrappers`.
WALLS: Final = frozenset(
    "login signin sign-in log-in signup register registration subscribe subscription abonneren abo abonnement "
    "inloggen aanmelden anmelden connexion paywall consent cookiewall cookie-wall privacy-wall gdpr geoblock "
    "unavailable-in-your-region captcha challenge verify accounts account auth sso".split()
)

#: Last parts of a path that only say in which face the page is shown: without them it is the same page.
FACES: Final = frozenset(
    "amp print mobile comments comment feed rss index.html index.htm index.php index.asp index.aspx default.aspx "
    "index.jsp home home.html photo video gallery full all trackback embed view share".split()
)

#: The first pages of a site, where its root leads on to one of them.
HOMES: Final = frozenset(
    "home home.html index index.html index.htm index.php index.asp index.aspx default.aspx start welcome".split()
)
