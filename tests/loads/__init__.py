"""The recipes of docs/load-it.md and docs/beyond-a-workbook.md, run with the real programs."""
