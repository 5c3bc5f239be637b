from faden.oversight.queries.matters import open_matter

__all__ = ["open_matter"]
