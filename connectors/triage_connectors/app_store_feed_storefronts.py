"""The storefronts of Apple's App Store, by ISO 3166 alpha-2 code (XK is Kosovo)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from triage.connector import ConfigError

_LARGE: Final = """
US GB CA AU NZ IE DE AT CH FR BE NL LU ES PT IT SE NO DK FI PL CZ GR TR BR MX AR CL CO
JP KR CN TW HK SG TH ID IN SA AE
"""
_OTHERS: Final = """
AF AG AI AL AM AO AZ BA BB BF BG BH BJ BM BN BO BS BT BW BY BZ CD CG CI CM CR CV CY DM
DO DZ EC EE EG FJ FM GA GD GE GH GM GT GW GY HN HR HU IL IQ IS JM JO KE KG KH KN KW KY
KZ LA LB LC LK LR LT LV LY MA MD ME MG MK ML MM MN MO MR MS MT MU MV MW MY MZ NA NE NG
NI NP NR OM PA PE PG PH PK PW PY QA RO RS RU RW SB SC SI SK SL SN SR ST SV SZ TC TD TJ
TM TN TO TT TZ UA UG UY UZ VC VE VG VN VU XK YE ZA ZM ZW
"""

LARGE: Final = tuple(_LARGE.split())
"""Forty, where most reviews are written."""

ALL: Final = (*LARGE, *_OTHERS.split())
"""Every storefront there is."""


def chosen(countries: Sequence[str]) -> tuple[str, ...]:
    """
    The storefronts meant, in capitals and each once; "all" is every one.

    Raises:
        ConfigError: One is no storefront; the message says what one looks like.
    """
    found: dict[str, None] = {}
    for told in countries:
        code = told.strip().upper()
        if code != "ALL" and code not in ALL:
            raise ConfigError(
                f"{told[:20]!r} is no storefront; write codes of two letters, such as"
                ' countries = ["US", "DE"], or "all"'
            )
        found |= dict.fromkeys(ALL if code == "ALL" else (code,))
    if not found:
        raise ConfigError('no storefront is named; write countries = ["US"] or "all"')
    return tuple(found)
