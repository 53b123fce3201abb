"""A phone's camera: really reads the QR code in a picture."""

import io

import zxingcpp
from PIL import Image

from simulator.stored_files import NoImageError, image_size


def read_qr(content: bytes) -> str | None:
    """The text of the first code in a picture; None when there is nothing to read."""
    try:
        image_size(content)
    except NoImageError:
        return None
    with Image.open(io.BytesIO(content)) as image:
        codes = zxingcpp.read_barcodes(image.convert("RGB"))
    return next((code.text for code in codes if code.text), None)
