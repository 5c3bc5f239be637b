"""A file of any of the three formats, read."""

from collections.abc import Mapping

from faden.directory.vocabulary import SourceFormat
from faden.outside.offers import hsds, integreat, sheets, table
from faden.outside.offers.reading import NotWhatItClaims, ReadFile, Wrong


def read(data: bytes, format_: str, *, mapping: Mapping[str, str] | None = None, language: str = "") -> ReadFile:
    """Its records, or NotWhatItClaims."""
    match format_:
        case SourceFormat.INTEGREAT:
            return integreat.read(data, language)
        case SourceFormat.HSDS:
            return hsds.read(data, language)
        case _:
            return table.read(data, mapping, language)


def format_of(data: bytes) -> SourceFormat:
    """Which of the three it is; NotWhatItClaims when it is none."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{"):
        sheets.table(data)
        return SourceFormat.CSV
    try:
        integreat.read(data)
    except NotWhatItClaims as error:
        if error.wrong is not Wrong.NOT_INTEGREAT:
            raise
    else:
        return SourceFormat.INTEGREAT
    hsds.read(data)
    return SourceFormat.HSDS
