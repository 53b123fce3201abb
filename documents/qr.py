"""A link as a QR picture that a phone reads from another phone's screen."""

import io
import math

import segno

_LEAST_PIXELS = 480
_QUIET_ZONE = 4


def qr_png(link: str) -> bytes:
    """A PNG of at least 480 pixels a side, with the quiet zone that the standard asks for."""
    code = segno.make_qr(link, error="m", boost_error=False)
    side, _ = code.symbol_size(border=_QUIET_ZONE)
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=math.ceil(_LEAST_PIXELS / side), border=_QUIET_ZONE)
    return picture.getvalue()
