"""Files that are broken or untidy."""

from __future__ import annotations

from tests.planted.plant import DESCRIPTOR, REMARKS, Plant

PLANTS = [
    # Files
    Plant(
        "file-missing",
        DESCRIPTOR,
        "data/codes.csv",
        "data/code.csv",
        ("codes", 0, ""),
        ("data/code.csv", "codes.csv"),
        alone=False,
    ),
    Plant("file-is-folder", DESCRIPTOR, "licence.txt", "data", ("licence", 0, ""), ("data",)),
    Plant(
        "file-unreadable",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"data/codes.csv", "compression": "zip",',
        ("codes", 0, ""),
        ("codes",),
        alone=False,
    ),
    Plant(
        "file-encoding-unknown",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"data/codes.csv", "encoding": "klingon",',
        ("codes", 0, ""),
        ("klingon",),
        alone=False,
    ),
    Plant(
        "file-reader",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"data/codes.csv", "format": "sav",',
        ("codes", 0, ""),
        ("frictionless[spss]",),
        alone=False,
    ),
    Plant(
        "file-remote",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"http://127.0.0.1:9/codes.csv",',
        ("codes", 0, ""),
        ("127.0.0.1",),
        alone=False,
    ),
    Plant("file-bytes", DESCRIPTOR, '"bytes": 14', '"bytes": 15', ("licence", 0, ""), ("14", "15")),
    Plant(
        "file-bytes",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"data/codes.csv", "bytes": 9,',
        ("codes", 0, ""),
        ("9",),
    ),
    Plant("file-hash", DESCRIPTOR, "sha256:", "sha256:0", ("licence", 0, ""), ("fingerprint",)),
    Plant(
        "file-hash",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"data/codes.csv", "hash": "00",',
        ("codes", 0, ""),
        ("00",),
    ),
    Plant(
        "file-rows",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"data/codes.csv", "rows": 9,',
        ("codes", 0, ""),
        ("4", "9"),
    ),
    Plant(
        "file-fields",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"data/codes.csv", "fields": 9,',
        ("codes", 0, ""),
        ("3", "9"),
    ),
    # Untidiness
    Plant(
        "untidy-space",
        REMARKS,
        "Sold",
        "Sold ",
        ("remarks", 4, "text"),
        ("Sold ",),
        level="warning",
    ),
    Plant(
        "untidy-character",
        REMARKS,
        "Sold",
        "So\u200bld",
        ("remarks", 4, "text"),
        ("U+200B",),
        level="warning",
    ),
    Plant(
        "untidy-formula",
        REMARKS,
        "Sold",
        "=Sold()",
        ("remarks", 4, "text"),
        ("=Sold()",),
        level="warning",
    ),
    Plant(
        "untidy-file", REMARKS, "Sold", '"Sold"', ("remarks", 0, ""), ("format",), level="warning"
    ),
    Plant(
        "untidy-quotes",
        REMARKS,
        "Framed in 1891",
        '"Framed" in 1891',
        ("remarks", 3, ""),
        level="warning",
    ),
]
