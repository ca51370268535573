"""The workbook that comes back from a person: opened safely, read, matched, understood."""
