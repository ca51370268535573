"""The formats that a build can write; each is one module, and one entry here.

A format's module has two functions: `products(content)` makes its files, and
`patterns(package)` says which files in a built folder are of this format. Modules are
imported when they are asked for, as some need libraries that not everybody has.
"""

from __future__ import annotations

# Name, as the setting `exports` and the option --export have it → the module.
FORMATS = {
    "workbook": "sheetpack.exports.workbook",
    "csv": "sheetpack.exports.csv_files",
    "sqlite": "sheetpack.exports.sqlite",
    "parquet": "sheetpack.exports.parquet",
    "json": "sheetpack.exports.document",
}
USUAL = ("workbook", "csv")  # where the package has no setting `exports`
