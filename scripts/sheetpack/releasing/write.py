"""Writing a release: the folder to hand out, then the files of the package, all or none."""

from __future__ import annotations

import shutil

from sheetpack import transaction
from sheetpack.releasing import folder
from sheetpack.releasing.plan import Plan


def write(plan: Plan) -> None:
    """Write everything. Whoever is killed before the package is written finds it as it was.

    The folder is laid out first; one that was left by such an end is found whole the next time.

    Raises:
        Refusal: Something cannot be written; the package is as it was then, and no folder made.
    """
    made = folder.lay_out(plan.target, plan.in_folder)
    try:
        transaction.commit(plan.package.folder, plan.in_package)
    except BaseException:
        if made:
            shutil.rmtree(plan.target, ignore_errors=True)
        raise
