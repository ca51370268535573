"""A package as it was at a revision that git keeps."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sheetpack import catalogue, inside
from sheetpack.descriptor import FILE_NAMES
from sheetpack.issue import Refusal

# What git tells its hooks of the repository they run in; ours is found from the package.
OF_A_HOOK = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"}


@contextmanager
def checked_out(package_path: Path, revision: str) -> Iterator[Path]:
    """The descriptor as it was at a revision, with all that lay in its folder.

    It lies in a temporary folder that is deleted in the end. What stands there is what a
    checkout would give; the user's own files, index and branch are not touched. A link that
    leads out of the folder is left out: what lies there is not of that revision.

    Args:
        package_path: The descriptor as it lies in the repository now, or its folder.
        revision: A commit, branch or tag, as git names them.

    Raises:
        Refusal: There is no git, no repository, no such revision, or no descriptor in it. What
            is refused while the block runs is told of the files of the revision.
    """
    path = package_path.resolve()
    is_folder = path.is_dir()
    folder = path if is_folder else path.parent
    if not folder.is_dir():
        raise Refusal(catalogue.issue("descriptor-missing", file=path.name, path=package_path))
    repository, prefix = _repository(folder, revision)
    commit = _commit(folder, revision)
    with tempfile.TemporaryDirectory(prefix="sheetpack-", ignore_cleanup_errors=True) as temporary:
        top = Path(temporary).resolve() / "files"
        then = top / prefix
        then.mkdir(parents=True)
        # An index of its own; not `git archive`, which leaves out what is not to be published.
        index = {"GIT_INDEX_FILE": str(top.parent / "index")}
        known = ("-c", "core.sparseCheckout=false", f"--git-dir={repository}", f"--work-tree={top}")
        for command in (["read-tree", commit], ["checkout-index", "--all", "--quiet"]):
            done = git(then, *known, *command, more=index)
            if done.returncode:
                raise _refusal("revision-unreadable", revision, reason=said(done))
        _leave_out_links(then)
        names = FILE_NAMES if is_folder else (path.name,)
        found = [then / name for name in names if (then / name).is_file()]
        if not found:
            raise _refusal("revision-no-descriptor", revision, name=names[0], folder=folder.name)
        try:
            yield found[0]
        except Refusal as refusal:
            # As git names files, so that nobody looks for it in the files of now.
            issues = [replace(each, file=f"{revision}:{each.file}") for each in refusal.issues]
            raise Refusal(*issues) from refusal


def git(
    folder: Path, *arguments: str, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder; it speaks English and never asks anything.

    Args:
        more: Further variables of its environment.

    Raises:
        Refusal: There is no git.
    """
    kept = {name: value for name, value in os.environ.items() if name not in OF_A_HOOK}
    told = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=kept | told | dict(more or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise Refusal(catalogue.issue("revision-no-git")) from error


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """The last line that git wrote about what went wrong."""
    lines = done.stderr.decode("utf-8", "replace").split("\n")
    words = [line.strip() for line in lines if line.strip()]
    return words[-1].removeprefix("fatal: ").rstrip(".") if words else "git gives no reason"


def _repository(folder: Path, revision: str) -> tuple[str, str]:
    """Where git keeps what it knows, and the folder as seen from the top of the repository."""
    told = [git(folder, "rev-parse", what) for what in ("--absolute-git-dir", "--show-prefix")]
    for done in told:
        if done.returncode:
            reason = said(done)
            if "not a git repository" in reason:
                raise _refusal("revision-no-repository", revision, folder=folder.name)
            raise _refusal("revision-unreadable", revision, reason=reason)
    repository, prefix = (os.fsdecode(done.stdout.removesuffix(b"\n")) for done in told)
    return repository, prefix


def _commit(folder: Path, revision: str) -> str:
    done = git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if done.returncode:
        raise _refusal("revision-unknown", revision, folder=folder.name)
    return done.stdout.decode("ascii").strip()


def _leave_out_links(folder: Path) -> None:
    links = [path for path in folder.rglob("*") if path.is_symlink()]
    for link in links:
        if not inside.is_inside(link, folder):
            link.unlink()


def _refusal(code: str, revision: str, **facts: str) -> Refusal:
    return Refusal(catalogue.issue(code, revision=revision, **facts))
