"""The names that archives know licences by, for the ones under which data is published."""

from __future__ import annotations

# Name in lower case, as descriptors have it → SPDX identifier. Descriptors often carry the
# names of opendefinition.org, which differ from SPDX's for the Open Data Commons licences.
SPDX = {
    name.lower(): name
    for name in (
        "AGPL-3.0-only",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC-BY-2.0",
        "CC-BY-3.0",
        "CC-BY-4.0",
        "CC-BY-NC-4.0",
        "CC-BY-NC-ND-4.0",
        "CC-BY-NC-SA-4.0",
        "CC-BY-ND-4.0",
        "CC-BY-SA-3.0",
        "CC-BY-SA-4.0",
        "CC0-1.0",
        "CDLA-Permissive-1.0",
        "CDLA-Sharing-1.0",
        "GPL-3.0-only",
        "GPL-3.0-or-later",
        "MIT",
        "ODbL-1.0",
        "ODC-By-1.0",
        "OGL-UK-3.0",
        "PDDL-1.0",
    )
} | {
    "odc-pddl": "PDDL-1.0",
    "odc-pddl-1.0": "PDDL-1.0",
    "pddl": "PDDL-1.0",
    "odc-odbl": "ODbL-1.0",
    "odc-odbl-1.0": "ODbL-1.0",
    "odc-by": "ODC-By-1.0",
}


def spdx(name: str) -> str:
    """The SPDX identifier of a licence, "" for one that is not in the list."""
    return SPDX.get(name.lower(), "")
