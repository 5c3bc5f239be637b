"""Drawing pages in a process of its own: upright, without what the camera wrote, and safe from what is sent to break it."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from tests.documents import samples

from faden.outside import pages
from faden.outside.pages import NotDrawn, as_pdf, draw

UPRIGHT_BY_TURNING = 6
GPS, ORIENTATION = 0x8825, 0x0112
RED, BLUE = (254, 0, 0), (0, 0, 254)


def picture(jpeg):
    return Image.open(BytesIO(jpeg))


def is_near(found, wanted):
    return all(abs(a - b) < 30 for a, b in zip(found, wanted, strict=True))


def exif():
    """A phone held upright, at a place."""
    told = Image.Exif()
    told[ORIENTATION] = UPRIGHT_BY_TURNING
    told[GPS] = {1: "N", 2: (52.0, 1.0, 2.0), 3: "E", 4: (7.0, 0.0, 1.0)}
    told[0x010F] = "Telefonhersteller"
    return told


def code_on(text, *, size=(1240, 1754)):
    """A white page with this QR code, two centimetres on A4."""
    import zxingcpp

    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=4)
    rows = memoryview(made)
    code = Image.frombuffer("L", (rows.shape[1], rows.shape[0]), bytes(rows))
    page = Image.new("RGB", size, "white")
    page.paste(code.convert("RGB").resize((120, 120)), (size[0] - 200, 80))
    return page


def saved(page, kind, **more):
    kept = BytesIO()
    page.save(kept, kind, **more)
    return kept.getvalue()


def test_a_photo_is_turned_upright_and_loses_what_the_camera_wrote():
    sent = samples.photo((400, 200), exif=exif(), comment=b"Wohnzimmer")
    assert b"Telefonhersteller" in sent and b"Wohnzimmer" in sent
    [page] = draw(sent, "image/jpeg").pages
    assert (page.width, page.height) == (200, 400)
    drawn = picture(page.jpeg)
    assert drawn.size == (200, 400) and not drawn.getexif() and "comment" not in drawn.info
    assert b"Telefonhersteller" not in page.jpeg and b"Wohnzimmer" not in page.jpeg
    # The upper left corner has become the upper right.
    assert is_near(drawn.getpixel((190, 10)), BLUE) and is_near(drawn.getpixel((10, 10)), RED)


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("TIFF", "image/tiff"), ("HEIF", "image/heic")])
def test_each_kind_of_picture_becomes_one_page(kind, media_type):
    import pillow_heif

    pillow_heif.register_heif_opener()
    found = draw(samples.photo((320, 240), kind), media_type)
    assert [(page.width, page.height) for page in found.pages] == [(320, 240)] and found.pages_in_file == 1
    assert picture(found.pages[0].jpeg).format == "JPEG"


@pytest.mark.parametrize(("size", "drawn"), [((3200, 1600), (1600, 800)), ((100, 4000), (40, 1600)), ((10, 10), (10, 10))])
def test_no_page_is_larger_than_a_screen(size, drawn):
    [page] = draw(samples.photo(size), "image/jpeg").pages
    assert (page.width, page.height) == drawn


def test_what_is_transparent_is_white_and_not_black():
    clear = saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")
    [page] = draw(clear, "image/png").pages
    assert is_near(picture(page.jpeg).getpixel((5, 5)), (255, 255, 255))


def test_a_pdf_is_drawn_page_by_page():
    first, second = Image.new("RGB", (600, 800), "red"), Image.new("RGB", (800, 600), "blue")
    found = draw(saved(first, "PDF", save_all=True, append_images=[second]), "application/pdf")
    assert found.pages_in_file == 2
    shapes = [(page.width < page.height, picture(page.jpeg).getpixel((100, 100))) for page in found.pages]
    assert shapes[0][0] and is_near(shapes[0][1], RED) and not shapes[1][0] and is_near(shapes[1][1], BLUE)


@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_of_a_long_file_the_first_forty_pages_are_drawn(kind):
    small = Image.new("RGB", (30, 40), "white")
    sent = saved(small, kind, save_all=True, append_images=[small] * 42)
    found = draw(sent, "application/pdf" if kind == "PDF" else "image/tiff")
    assert (len(found.pages), found.pages_in_file) == (40, 43)


def test_a_code_on_any_page_is_read():
    white = Image.new("RGB", (1240, 1754), "white")
    sent = saved(white, "PDF", save_all=True, append_images=[code_on("FADEN1:ABCDEFGHJKMNPQRSTUVW")])
    assert draw(sent, "application/pdf").codes == ("FADEN1:ABCDEFGHJKMNPQRSTUVW",)
    assert draw(samples.photo(), "image/jpeg").codes == ()


def bomb(width, height):
    """A PNG of few bytes that says it is this large."""

    def chunk(name, data):
        return struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))

    head = struct.pack("!IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * min((width // 8 + 1) * height, 50_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("sent", "media_type"), [
    (bomb(60_000, 60_000), "image/png"), (bomb(12_500, 10_000), "image/png"),
    (samples.PDF, "application/pdf"), (b"%PDF-1.7 nichts", "application/pdf"), (b"", "application/pdf"),
    (samples.photo((600, 600))[:2000], "image/jpeg"), (samples.HEIC, "image/heic"), (samples.TIFF, "image/tiff"),
    (b"GIF89a" + b"\0" * 40, "image/png"), (samples.photo(), "image/png"),
], ids=["bomb", "just too large", "no pages", "broken", "empty", "cut off", "heic", "tiff", "another kind", "not what it says"])  # fmt: skip
def test_what_cannot_be_drawn_says_so(sent, media_type):
    with pytest.raises(NotDrawn):
        draw(sent, media_type)


def test_one_that_is_too_slow_is_ended():
    with pytest.raises(NotDrawn, match="slower"):
        draw(samples.photo(), "image/jpeg", seconds=0.01)


def test_the_child_has_none_of_our_secrets_and_little_memory(monkeypatch, tmp_path):
    asks = tmp_path / "asks.py"
    asks.write_text(
        "import os, sys\n"
        f"sys.path.insert(0, {str(pages._DRAWER.parent)!r})\n"
        "import page_drawer, resource\n"
        "page_drawer._limit()\n"
        "print(sorted(os.environ), resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_FSIZE)[0],"
        " os.getcwd(), file=sys.stderr)\n"
        "sys.exit(1)\n"
    )
    monkeypatch.setenv("FADEN_KEYS", "geheim")
    monkeypatch.setattr(pages, "_DRAWER", asks)
    with pytest.raises(NotDrawn) as told:
        draw(b"x", "image/jpeg")
    assert "FADEN" not in str(told.value) and "1572864000 0 /" in str(told.value)


@pytest.mark.parametrize("answer", [b"", b"\0\0\0\x02{}", b"\0\0\0\xff{}", b'\0\0\0\x3a{"pages": [[1, 1, 9]], "pages_in_file": 1, "codes": []}     <html>'])
def test_a_child_that_was_taken_over_tells_nothing_else_than_pages(answer):
    with pytest.raises(NotDrawn):
        pages._read(answer)


def test_pages_become_one_pdf_of_pictures_only():
    sent = [samples.photo((300, 400)), samples.photo((400, 300))]
    made = as_pdf(sent)
    assert made.startswith(b"%PDF-")
    assert all(jpeg in made for jpeg in sent), "the pictures go in as they are"
    assert not {word for word in (b"/JS", b"/JavaScript", b"/AA", b"/OpenAction", b"/URI", b"/EmbeddedFile") if word in made}
    again = draw(made, "application/pdf")
    assert [page.width < page.height for page in again.pages] == [True, False]
