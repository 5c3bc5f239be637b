from faden.directory.models.offer import Offer, Place
from faden.directory.models.provider import Provider, Source
from faden.directory.models.shelf import Shelf

__all__ = ["Offer", "Place", "Provider", "Shelf", "Source"]
