"""Residence rules as dated functions over facts that may be unknown: a check that never decides. No Django here."""
