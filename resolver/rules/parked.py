"""Where domains end that nobody uses: the pages of those who sell them, or who show advertisements on them.

A row says where to look closer, as with the wordings of pages that were not found. Name servers say it too (NDSS 2015,
"Parking Sensors", Vissers et al.), but are not asked: Python's own resolver cannot, and the page says enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Parking:
    """One sign of a parked domain: a host that a domain is redirected to, or a mark in the source of its page."""

    name: str
    #: The chain leads to this host, or to one below it.
    host: str | None = None
    #: The page's source holds this, in lower case.
    mark: str | None = None
    source: str
    #: An address or a piece of a page with the sign.
    sample: str


_IDENT = "https://github.com/intrigueio/intrigue-ident, checks/http, tag Parked"
_SERVICES = "https://github.com/carrie0307/parking-domain-detection, README"
#: A crawl of .com: hosts that parked pages load from.
_CRAWL = "https://www.ndss-symposium.org/ndss2015/, Parking Sensors"

PARKINGS: Final = (
    Parking(name="Sedo", host="sedoparking.com", source=_SERVICES, sample="https://www.sedoparking.com/a.example"),
    Parking(name="Sedo", mark="img.sedoparking.com/", source=_CRAWL,
            sample='<script src="https://img.sedoparking.com/js/preload.js"></script>'),
    Parking(name="Sedo", mark="sedoparkingurl", source=_IDENT, sample="<script>var dto = {sedoParkingUrl: 1}</script>"),
    Parking(name="Sedo", host="sedo.com", source=_IDENT, sample="https://sedo.com/search/details/?domain=a.example"),
    Parking(name="Bodis", host="bodis.com", source=_SERVICES, sample="https://bodis.com/landing"),
    Parking(name="ParkingCrew", host="parkingcrew.net", source=_SERVICES, sample="http://parkingcrew.net/a"),
    Parking(name="ParkingCrew", mark="parkingcrew.net/", source=_SERVICES,
            sample='<script src="//www.parkingcrew.net/x.js"></script>'),
    Parking(name="Above.com", host="above.com", source=_SERVICES, sample="https://www.above.com/marketplace/a.example"),
    Parking(name="HugeDomains", host="hugedomains.com", source=_CRAWL,
            sample="https://www.hugedomains.com/domain_profile.cfm?d=a.example"),
    Parking(name="HugeDomains", mark="static.hugedomains.com/", source=_CRAWL,
            sample='<img src="https://static.hugedomains.com/images/logo.png">'),
    Parking(name="Dan.com", host="dan.com", source=_CRAWL, sample="https://dan.com/buy-domain/a.example"),
    Parking(name="Afternic", host="afternic.com", source=_CRAWL,
            sample="https://www.afternic.com/forsale/a.example"),
    Parking(name="GoDaddy", mark="img1.wsimg.com/parking-lander/", source=_CRAWL,
            sample='<script src="https://img1.wsimg.com/parking-lander/static/js/main.js"></script>'),
    Parking(name="GoDaddy", mark='window.location.href="/lander"', source=_CRAWL,
            sample='<script>window.location.href="/lander"</script>'),
    Parking(name="Team Internet", mark="i.cdnpark.com/", source=_CRAWL,
            sample='<script src="https://i.cdnpark.com/registrar/v3/loader.js"></script>'),
    Parking(name="SmartName", host="smartname.com", source=_SERVICES, sample="http://www.smartname.com/"),
    Parking(name="DomainSponsor", host="domainsponsor.com", source=_SERVICES, sample="http://www.domainsponsor.com/"),
    # The key by which advertisements on parked pages ask Adblock Plus to be let through.
    Parking(name="advertisements on a parked domain", mark="<html data-adblockkey=",
            source="https://help.adblockplus.org, sitekeys; https://github.com/intrigueio/intrigue-ident",
            sample='<html data-adblockkey="MFwwDQYJKoZIhvcNAQ">'),
)  # fmt: skip
