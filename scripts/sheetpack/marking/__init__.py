"""A copy of somebody's workbook with cells marked: bytes are put in, all others stay."""
