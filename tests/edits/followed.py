"""A side whose keys are renamed, in one go: what a merge does to each resource in its turn."""

from __future__ import annotations

from sheetpack.edits import identity
from sheetpack.edits.following import References, Renames, substitute
from sheetpack.edits.model import Grid, Line, Shape, Shapes, Side


def follow(shapes: Shapes, side: Side, renames: Renames) -> Side:
    """The side with the keys renamed, and all that refers to them.

    All keys change at once: two keys that change places do so, and A to B and B to C makes
    no C of A.
    """
    references = References(shapes, side, renames)
    return {name: _followed(name, grid, shapes, references) for name, grid in side.items()}


def _followed(name: str, grid: Grid, shapes: Shapes, references: References) -> Grid:
    key = shapes.get(name, Shape()).key
    change = references.of(name, grid.fields)
    own = references.renames.get(name) if identity.has_key(key, grid) else None
    if not change and not own:
        return grid
    rename = substitute([(identity.columns(grid, key), own)]) if own else None
    lines = []
    for line in grid.lines:
        cells = change(line.cells) if change else line.cells
        renamed = rename(line.cells) if rename else line.cells
        if renamed != line.cells:  # the row's own new key is the better known one
            cells = tuple(
                new if new != old else other
                for old, new, other in zip(line.cells, renamed, cells, strict=True)
            )
        lines.append(line if cells == line.cells else Line(cells, line.row))
    return Grid(grid.fields, lines)
