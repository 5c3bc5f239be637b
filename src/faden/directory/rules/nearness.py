"""How far it is as the crow flies, in tenths of a kilometre: what is shown is what is sorted by."""

from math import asin, cos, floor, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

EARTH_KM = 6371.0
Point = tuple[float, float]  # latitude and longitude in degrees


def tenths_between(one: Point, other: Point) -> int:
    """Great circle (haversine) in hundreds of metres."""
    lat, lon, other_lat, other_lon = map(radians, (*one, *other))
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return floor(20 * EARTH_KM * asin(min(1.0, sqrt(half))) + 0.5)


def half_arcs(one: Point, others: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same for many at once, as half the angle in radians: times `2 * EARTH_KM` it is kilometres. `others`: (n, 2) in degrees."""
    here, there = np.radians(np.array(one)), np.radians(others)
    half = np.sin((there - here) / 2) ** 2
    root = np.sqrt(half[:, 0] + np.cos(here[0]) * np.cos(there[:, 0]) * half[:, 1])
    return np.arcsin(np.minimum(root, 1.0))
