"""`faden bench`: a scratch database of a chosen size, and what the pages cost on it."""
