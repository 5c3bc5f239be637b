"""Offers as HSDS 3.1 says them: services with their organisations, places and what they ask for."""
