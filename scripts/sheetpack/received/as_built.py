"""Is a workbook still, byte for byte, what was built? Then nobody has edited it.

Seen by its fingerprint alone: to unpack a workbook takes a small part of the time in which its
cells are read. Whatever is not plainly so counts as edited.
"""

from __future__ import annotations

from pathlib import Path

from sheetpack.issue import Refusal
from sheetpack.received.archive import Archive
from sheetpack.workbook import fingerprint
from sheetpack.workbook.model import Origin


def origin(path: Path) -> Origin | None:
    """What a workbook was built from; None where it is not as it was built, or does not say."""
    try:
        archive = Archive(path)
        return _origin(archive) if fingerprint.is_stamped(archive.entries.values()) else None
    except Refusal:  # told in full by whoever reads the workbook
        return None


def is_as_built(path: Path) -> bool:
    """Is the file a workbook as it was built, not saved or changed by another program since?

    One of an earlier version has no fingerprint; there the times in the archive have to do.
    """
    try:
        archive = Archive(path)
        if not fingerprint.is_stamped(archive.entries.values()):
            return False
        return archive.part(fingerprint.PART, "") is None or _origin(archive) is not None
    except Refusal:
        return False


def _origin(archive: Archive) -> Origin | None:
    """What the fingerprint says, if it fits. Raises `Refusal` where a part is damaged."""
    own = archive.part(fingerprint.PART, "its properties")
    if own is None or own.size > fingerprint.LONGEST:
        return None
    said = b"".join(own.pieces())
    found = fingerprint.origin(said)
    if found is None:
        return None
    seen = fingerprint.Fingerprint()
    for name, pieces in archive.parts():
        if name != own.name:
            for _ in seen.passed(name, pieces):
                pass
    return found if seen.content(found) == said else None
