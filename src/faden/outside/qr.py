"""QR codes as SVG: dark squares on nothing, with the quiet zone a reader needs."""

import qrcode
from qrcode.constants import ERROR_CORRECT_Q


def svg(text: str) -> str:
    """One path; a quarter of it may be lost to dirt or a fold."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=4)
    code.add_data(text)
    rows = code.get_matrix()
    squares = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    )
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}">'
        f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path d="{squares}"/></svg>'
    )
