"""Small arithmetic over measured times."""

from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of all lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def p50(values: Sequence[float]) -> float:
    return round(percentile(values, 0.5), 3)


def p95(values: Sequence[float]) -> float:
    return round(percentile(values, 0.95), 3)
