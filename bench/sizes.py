"""How much is filled in, and what a size needs."""

from dataclasses import dataclass

SERVICES = 60
NOTES = 30
TASKS = 8
MANY_NOTES = 300
# The services whose first case manager is measured; she leads MEASURED_CASES open cases at every size.
MEASURED = 8
MEASURED_CASES = 60


@dataclass(frozen=True)
class Size:
    """One scratch database."""

    name: str
    cases: int
    open_share: float
    disk_gb: float
    offers: int = 5_000

    @property
    def database(self) -> str:
        return f"faden_bench_{self.name}"


SIZES = {
    size.name: size
    for size in (
        Size("tiny", 300, 1.0, 0.5, offers=600),
        Size("10k", 10_000, 1.0, 1.5),
        Size("20k", 20_000, 1.0, 2),
        Size("100k", 100_000, 0.7, 5),
        Size("1m", 1_000_000, 0.5, 42),
    )
}


def shares(total: int) -> list[int]:
    """Cases per service, skewed: the largest has about 11 %, the smallest 0.7 %."""
    weights = [(rank + 1) ** -0.68 for rank in range(SERVICES)]
    counts = [max(2, round(total * weight / sum(weights))) for weight in weights]
    counts[0] += total - sum(counts)
    return counts


def case_managers(cases: int) -> int:
    """About thirty cases each, but no service has fewer than 5 or more than 40 case managers."""
    return min(40, max(5, round(cases / 30)))
