"""A QR picture must be read by somebody else's camera."""

import io

import pytest
import zxingcpp
from PIL import Image

from documents.qr import qr_png

LINK = "https://t.me/CradleQuangNinhBot?start=" + "x" * 43


def test_a_phone_reads_the_link_from_the_picture() -> None:
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr_png(LINK))))
    assert code.text == LINK


@pytest.mark.parametrize("link", ["https://t.me/b?start=a", LINK, LINK + "y" * 300])
def test_the_picture_is_large_enough_to_scan_and_small_enough_to_send(link: str) -> None:
    picture = qr_png(link)
    image = Image.open(io.BytesIO(picture))
    assert image.width == image.height
    assert 480 <= image.width <= 1000
    assert len(picture) < 100_000


def test_the_picture_has_a_white_margin() -> None:
    image = Image.open(io.BytesIO(qr_png(LINK))).convert("L")
    box = image.point(lambda value: 255 - value).getbbox()
    assert box is not None
    assert min(box[0], box[1]) >= 4 * 6
