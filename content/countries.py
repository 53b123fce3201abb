"""The zones of a country, by the table of the Unicode consortium: a message is for a country where its hours are."""

from functools import cache

from babel.core import get_global


@cache
def zones_of(country: str) -> frozenset[str]:
    """The zones of a country (ISO 3166-1, two letters); empty for one that there is not."""
    return frozenset(zone for zone, territory in get_global("zone_territories").items() if territory == country)
