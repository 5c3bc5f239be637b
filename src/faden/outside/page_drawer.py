"""The child of `pages.draw`: file on stdin, pages on stdout. Run as a script, alone, with nothing of Faden around it."""

import json
import struct
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO

# A page on a screen, and still readable for a QR code of two centimetres.
LONGEST_SIDE = 1600
# 108 megapixels is the largest camera of a phone.
MOST_PIXELS = 120_000_000
MEMORY = 1_500 * 1024 * 1024
PROCESSOR_SECONDS = 75
QUALITY = 78


def _limit() -> None:
    """Little memory and time, no file to write; where the system knows no limits, the parent's clock is left."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 -- not on every system

        for kind, most in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))


def _pictures(content: bytes, media_type: str, most: int) -> tuple[int, Iterator[object]]:
    """How many pages there are, and the first of them one by one."""
    if media_type == "application/pdf":
        return _of_pdf(content, most)
    return _of_picture(content, media_type, most)


def _of_pdf(content: bytes, most: int) -> tuple[int, Iterator[object]]:
    import pypdfium2  # noqa: PLC0415 -- only what this file needs is loaded

    found = pypdfium2.PdfDocument(content)
    found.init_forms()  # what was typed into its fields

    def pages() -> Iterator[object]:
        for number in range(min(len(found), most)):
            page = found[number]
            scale = LONGEST_SIDE / max(*page.get_size(), 1)
            yield page.render(scale=min(scale, 8)).to_pil()
            page.close()

    return len(found), pages()


def _of_picture(content: bytes, media_type: str, most: int) -> tuple[int, Iterator[object]]:
    from PIL import Image, ImageOps  # noqa: PLC0415 -- only what this file needs is loaded

    names = {"image/jpeg": "JPEG", "image/png": "PNG", "image/tiff": "TIFF", "image/heic": "HEIF"}
    if media_type == "image/heic":
        import pillow_heif  # noqa: PLC0415 -- only what this file needs is loaded

        pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    found = Image.open(BytesIO(content), formats=[names[media_type]])
    # Only a TIFF is several pages; the others' further pictures are thumbnails and film.
    number = getattr(found, "n_frames", 1) if media_type == "image/tiff" else 1

    def pages() -> Iterator[object]:
        for frame in range(min(number, most)):
            if number > 1:
                found.seek(frame)
            if found.width * found.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            # A JPEG is decoded no larger than it is wanted.
            found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            yield ImageOps.exif_transpose(found)

    return number, pages()


def _plain(picture):  # type: ignore[no-untyped-def]
    """The colours and nothing else: what the camera wrote beside them stays here."""
    from PIL import Image  # noqa: PLC0415 -- only what this file needs is loaded

    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    plain = Image.new("RGB", picture.size, "white")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        plain.paste(picture, mask=picture.getchannel("A"))
    else:
        plain.paste(picture.convert("RGB"))
    return plain


def _codes(picture) -> Iterable[str]:  # type: ignore[no-untyped-def]
    import zxingcpp  # noqa: PLC0415 -- only what this file needs is loaded

    wanted = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=wanted)]


def main(media_type: str, most: int) -> None:
    """Draw, then tell."""
    content = sys.stdin.buffer.read()
    number, pictures = _pictures(content, media_type, most)
    pages: list[bytes] = []
    codes: list[str] = []
    told: list[tuple[int, int, int]] = []
    for picture in pictures:
        plain, kept = _plain(picture), BytesIO()
        plain.save(kept, "JPEG", quality=QUALITY, optimize=True)
        codes += _codes(plain)
        pages.append(kept.getvalue())
        told.append((plain.width, plain.height, len(pages[-1])))
    line = json.dumps({"pages_in_file": number, "codes": codes, "pages": told}).encode()
    sys.stdout.buffer.write(struct.pack("!I", len(line)) + line + b"".join(pages))


if __name__ == "__main__":
    _limit()
    main(sys.argv[1], int(sys.argv[2]))
