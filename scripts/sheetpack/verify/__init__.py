"""Holding a package against the texts that it was made from.

`verification.verify` does all of it, after the `plan`, which is what the package says about its
texts. Of the parts, `texts` and `project` read files; `places`, `quotations`, `runs`, `coverage`
and `record` only think; `repeated` looks for the `runs` in the `project`.
"""
