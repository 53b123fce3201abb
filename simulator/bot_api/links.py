"""Which links Telegram accepts in buttons and texts, and how it writes them."""

import re

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(//)?")
_OWN_SCHEMES = ("tg", "ton", "tonsite")


class LinkError(ValueError):
    """Not a link Telegram accepts; says why in its words."""


def checked_link(url: str) -> str:
    """The link as Telegram stores it, or LinkError."""
    url = url.strip()
    scheme, rest = _split(url)
    if scheme in _OWN_SCHEMES:
        return url
    if scheme not in ("http", "https"):
        raise LinkError("Unsupported URL protocol")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    _check_host(host)
    path = rest[len(host) :]
    return f"{scheme}://{host}{path if path.startswith('/') else '/' + path}"


def _split(url: str) -> tuple[str, str]:
    match = _SCHEME.match(url)
    if match is None or (match[2] is None and match[1].lower() not in _OWN_SCHEMES):
        return "http", url
    return match[1].lower(), url[match.end() :]


def _check_host(host: str) -> None:
    if not host:
        raise LinkError("URL host is empty")
    if re.search(r"\s", host) or ("." not in host and "[" not in host):
        raise LinkError("Wrong HTTP URL")
