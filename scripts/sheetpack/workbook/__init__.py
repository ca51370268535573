"""The Excel workbook: a layout without any file, and a thin writer that renders it."""

import os

# openpyxl writes other bytes where lxml is installed; the workbook must not depend on that.
os.environ["OPENPYXL_LXML"] = "False"
