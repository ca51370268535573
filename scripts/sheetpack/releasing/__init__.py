"""Releases: which version the changes make, the entry in the changelog, the files to hand out."""
