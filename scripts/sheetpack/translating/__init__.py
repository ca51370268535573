"""From the cells of a sheet to those of a file: what spreadsheets do to values, undone."""
