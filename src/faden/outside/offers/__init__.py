"""Directories of others, read from a file into plain records: one file per format."""
