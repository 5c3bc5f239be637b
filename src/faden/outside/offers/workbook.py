"""What runs in the process of its own: a workbook in, the filled lines of its first sheet out.

A sheet's reader keeps every cell between the first and the last one, and a file of two kilobytes may name a cell
of the last line and the last column.
"""

import json
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

CPU_SECONDS = 30
MEMORY = 1024 * 1024 * 1024
MOST_LINES = 50_000  # with something in them, and the last of them
MOST_COLUMNS = 200


def main() -> None:
    """One answer to what comes in."""
    limit()
    answer = _answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode())


def limit() -> None:
    """Little memory and time, no file to write; where the system knows no limits, the parent's clock is left."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 -- not on every system

        for kind, most in (
            (resource.RLIMIT_CPU, CPU_SECONDS),
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))


def _answer(data: bytes) -> dict[str, Any]:
    import python_calamine  # noqa: PLC0415 -- only after the limits are set

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        if not book.sheet_names:
            return {"broken": True}
        sheet = book.get_sheet_by_index(0)
    except MemoryError:
        raise
    except BaseException:  # noqa: BLE001, RUF100 -- the library has one error for each way in which a workbook may be broken, and a panic
        return {"broken": True}
    if sheet.total_height > MOST_LINES or sheet.total_width > MOST_COLUMNS:
        return {"far": [sheet.total_height, sheet.total_width]}
    rows = enumerate(sheet.to_python(skip_empty_area=False), start=1)
    return {"lines": [(number, told) for number, row in rows if any(told := [cell(value) for value in row])]}


def cell(value: Any) -> str:
    """As it would stand in a text file."""
    match value:
        case bool():
            return "1" if value else "0"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 10**15 else str(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return str(value)
    return str(value).strip()
