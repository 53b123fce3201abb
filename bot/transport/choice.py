"""Which library carries the calls, and through which proxy; imports neither."""

from dataclasses import dataclass, field
from typing import Literal

Library = Literal["aiohttp", "httpx"]
ENVIRONMENT = "environment"


@dataclass(frozen=True)
class Transport:
    """`proxy` is an address, ENVIRONMENT for what the machine's environment names, or None for a direct line."""

    library: Library = "aiohttp"
    proxy: str | None = field(default=None, repr=False)

    @property
    def by_environment(self) -> bool:
        """Whether HTTPS_PROXY and its like are followed; otherwise they are not looked at."""
        return self.proxy == ENVIRONMENT

    @property
    def proxy_address(self) -> str | None:
        """The proxy that the setting itself names. It may hold a password."""
        return None if self.by_environment else self.proxy
