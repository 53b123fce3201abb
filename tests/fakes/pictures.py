"""Pictures as people send them."""

import io

from PIL import Image


def picture(width: int = 40, height: int = 30) -> bytes:
    """A red one."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(content, "PNG")
    return content.getvalue()
