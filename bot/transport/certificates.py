"""Whom both transports trust."""

import ssl
from functools import cache

import certifi


@cache
def trusted_certificates() -> ssl.SSLContext:
    """The machine's authorities, and Mozilla's for a container that has none. Read once: it takes a while."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
