"""Retention: what goes when. The policy is src/config/retention.yaml, read by people and by this program."""
