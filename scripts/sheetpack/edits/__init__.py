"""Edits: what differs between two sides, and what three sides make together. No I/O in the core."""
