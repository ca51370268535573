from __future__ import annotations

import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from sheetpack import catalogue, journal, transaction
from sheetpack.cli import main
from sheetpack.issue import Refusal
from sheetpack.transaction import commit, locked, recover

OLD = {"data/a.csv": b"old a", "data/b.csv": b"old b\n", "data/linked.csv": b"old c"}
NEW = {"data/a.csv": b"new a, longer", "data/b.csv": b"new b", "data/linked.csv": b"new c"}
ADDED = {"data/added.csv": b"added"}

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system knows no fork")


@pytest.fixture
def package(tmp_path) -> Path:
    """A folder with three files, one of them behind a link."""
    return filled(tmp_path)


def filled(parent: Path) -> Path:
    folder = parent / "package"
    (folder / "data").mkdir(parents=True)
    (folder / "linked").mkdir()
    (folder / "data" / "linked.csv").symlink_to("../linked/c.csv")
    for name, data in OLD.items():
        (folder / name).write_bytes(data)
    (folder / "data" / "a.csv").chmod(0o640)
    return folder


def absolute(folder: Path, contents: dict[str, bytes]) -> dict[Path, bytes]:
    return {folder / name: data for name, data in contents.items()}


def save(folder: Path) -> None:
    commit(folder, absolute(folder, NEW | ADDED))


def held(folder: Path) -> dict[str, bytes]:
    """Every file of the package, hidden ones too; what a link leads to counts once."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path != folder / "linked" / "c.csv"
    }


def codes_of(call, *arguments) -> list[str]:
    with pytest.raises(Refusal) as caught:
        call(*arguments)
    return [issue.code for issue in caught.value.issues]


def test_all_files_are_written_and_nothing_is_left_beside_them(package):
    save(package)
    assert held(package) == NEW | ADDED
    assert (package / "data" / "linked.csv").is_symlink()
    assert stat.S_IMODE((package / "data" / "a.csv").stat().st_mode) == 0o640


def test_a_file_that_holds_the_same_already_is_not_touched(package):
    before = (package / "data" / "a.csv").stat()
    commit(package, absolute(package, OLD | {"data/b.csv": b"other"}))
    assert (package / "data" / "a.csv").stat() == before
    assert held(package) == OLD | {"data/b.csv": b"other"}


def test_nothing_to_write_needs_no_lock_and_no_permission(tmp_path):
    commit(tmp_path / "absent", {})


def test_paths_may_be_given_as_seen_from_here(package, monkeypatch):
    monkeypatch.chdir(package)
    commit(Path(), {Path("data/a.csv"): b"x"})
    assert (package / "data" / "a.csv").read_bytes() == b"x"


# --- what fails ---------------------------------------------------------------------------

CALLS = ("open", "fsync", "replace", "rename", "link", "unlink", "chmod", "fdopen")


class Counted:
    """Counts what is asked of the operating system, and does something before the nth time."""

    def __init__(self, before: dict[int, object]):
        self.count = 0
        self.before = before

    def patch(self, setattr) -> None:
        for name in CALLS:
            setattr(os, name, self.wrapped(getattr(os, name)))

    def wrapped(self, function):
        def call(*arguments, **options):
            self.count += 1
            act = self.before.get(self.count)
            if act:
                act(function, arguments)
            return function(*arguments, **options)

        return call


def count_of_calls(tmp_path: Path, monkeypatch) -> int:
    counted = Counted({})
    folder = filled(tmp_path / "counted")
    with monkeypatch.context() as patch:
        counted.patch(patch.setattr)
        save(folder)
    return counted.count


@pytest.mark.parametrize("errno", [28, 5, 13])
def test_when_anything_fails_all_files_are_old_and_nothing_is_left(tmp_path, monkeypatch, errno):
    def fail(function, arguments):
        raise OSError(errno, os.strerror(errno))

    told = 0
    for at in range(1, count_of_calls(tmp_path, monkeypatch) + 1):
        folder = filled(tmp_path / str(at))
        with monkeypatch.context() as patch:
            Counted({at: fail}).patch(patch.setattr)
            try:
                save(folder)
                is_told = False
            except Refusal as refusal:
                is_told = True
                assert os.strerror(errno) in refusal.issues[0].message
        if not is_told:  # a backup as a copy, or tidying up, or the lock: the data is whole
            recover(folder)
        assert held(folder) == (OLD if is_told else NEW | ADDED), at
        told += is_told
    assert told > 20


@pytest.mark.parametrize("name", ["replace", "rename"])
def test_when_a_move_fails_for_good_the_next_command_puts_all_back(package, monkeypatch, name):
    """Files that are open elsewhere cannot be replaced on Windows, old ones neither."""

    def fail_in_data(function):
        def call(source, target, **options):
            if Path(target).name in ("b.csv", "c.csv") or ".old" in str(source):
                raise PermissionError(13, "it is open elsewhere")
            return function(source, target, **options)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fail_in_data(os.replace))
        assert codes_of(save, package) == ["file-unwritable", "save-unfinished"]
        assert codes_of(recover, package) == ["save-unfinished"]
    recover(package)
    assert held(package) == OLD


@needs_fork
def test_a_real_full_disk_leaves_the_old_files(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(disk)], capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        (disk / "a.csv").write_bytes(b"old a")
        (disk / "b.csv").write_bytes(b"old b")
        contents = {disk / "a.csv": b"x" * 60_000, disk / "b.csv": b"y" * 90_000}
        with pytest.raises(Refusal) as caught:
            commit(disk, contents)
        assert "b.csv cannot be written: No space left on device" in caught.value.issues[0].message
        left = {path.name: path.read_bytes() for path in disk.iterdir()}
        assert left == {"a.csv": b"old a", "b.csv": b"old b"}
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_without_second_names_gets_a_copy(package, monkeypatch):
    replace = Path.replace

    def refuse(*arguments, **options):
        raise OSError(1, "Operation not permitted")

    def fail(self, target):
        if target.name == "b.csv" and self.suffix == ".new":
            raise OSError(5, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(os, "link", refuse)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        assert codes_of(save, package) == ["file-unwritable"]
    assert held(package) == OLD
    save(package)
    assert held(package) == NEW | ADDED


@pytest.mark.skipif(not hasattr(os, "geteuid") or not os.geteuid(), reason="root may do anything")
def test_a_folder_that_is_read_only_is_told(package):
    (package / "data").chmod(0o555)
    try:
        assert codes_of(save, package) == ["file-unwritable"]
    finally:
        (package / "data").chmod(0o755)
    assert held(package) == OLD


def test_a_folder_in_the_way_a_missing_one_and_one_elsewhere_are_told(package, tmp_path):
    (package / "data" / "folder").mkdir()
    for path, code in [
        (package / "data" / "folder", "file-unwritable"),
        (package / "missing" / "a.csv", "file-unwritable"),
        (tmp_path / "a.csv", "save-outside"),
        (package / "data" / ".." / ".." / "a.csv", "save-outside"),
    ]:
        contents = absolute(package, NEW) | {path: b"x"}
        assert codes_of(commit, package, contents) == [code]
        assert held(package) == OLD
    assert not (tmp_path / "a.csv").exists()


def test_no_file_is_made_outside_through_a_link(package, tmp_path):
    (package / "loose.csv").symlink_to(tmp_path / "made.csv")
    assert codes_of(commit, package, {package / "loose.csv": b"x"}) == ["save-outside"]
    assert not (tmp_path / "made.csv").exists()


def test_no_file_outside_is_replaced_through_a_link(package, tmp_path):
    (tmp_path / "mine.txt").write_bytes(b"mine")
    (package / "loose.csv").symlink_to(tmp_path / "mine.txt")
    (package / "far").symlink_to(tmp_path)
    for name in ("loose.csv", "far/mine.txt"):
        assert codes_of(commit, package, {package / name: b"x"}) == ["save-outside"]
    assert (tmp_path / "mine.txt").read_bytes() == b"mine"
    assert not (tmp_path / "made.csv").exists()


def test_two_contents_for_one_file_are_told(package):
    (package / "same.csv").symlink_to("data/a.csv")
    contents = {package / "same.csv": b"x", package / "data" / "a.csv": b"y"}
    assert codes_of(commit, package, contents) == ["save-outside"]
    assert held(package) == OLD | {"same.csv": OLD["data/a.csv"]}


# --- who is killed ------------------------------------------------------------------------


def in_a_process(work) -> int:
    """Do something in a process of its own. Returns the signal that ended it, 0 for none."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def die(function, arguments):
    os.kill(os.getpid(), signal.SIGKILL)


def die_half_written(function, arguments):
    """Die in the middle of writing where a file is written, else before the call."""
    if function.__name__ == "fdopen":
        os.write(arguments[0], b"hal")
    die(function, arguments)


@needs_fork
@pytest.mark.parametrize("death", [die, die_half_written])
def test_killed_at_any_instant_the_next_run_finds_all_old_or_all_new(tmp_path, monkeypatch, death):
    calls = count_of_calls(tmp_path, monkeypatch)
    assert calls >= 50
    seen = set()
    for at in range(1, calls + 1):
        folder = filled(tmp_path / str(at))

        def work(folder=folder, at=at):
            Counted({at: death}).patch(setattr)
            save(folder)

        assert in_a_process(work) == signal.SIGKILL
        recover(folder)
        after = held(folder)
        assert after in (OLD, NEW | ADDED), at
        assert stat.S_IMODE((folder / "data" / "a.csv").stat().st_mode) == 0o640
        seen.add(len(after))
        recover(folder)
        assert held(folder) == after
        save(folder)
        assert held(folder) == NEW | ADDED
    assert seen == {len(OLD), len(NEW | ADDED)}


@needs_fork
def test_killed_again_while_it_recovers_it_still_finds_all_old_or_all_new(tmp_path, monkeypatch):
    calls = count_of_calls(tmp_path, monkeypatch)
    chance = random.Random(5)
    for at in range(1, calls + 1):
        folder = filled(tmp_path / str(at))

        def work(folder=folder, at=at):
            Counted({at: die}).patch(setattr)
            save(folder)

        def mend(folder=folder):
            Counted({chance.randint(1, 12): die}).patch(setattr)
            recover(folder)

        in_a_process(work)
        in_a_process(mend)
        in_a_process(mend)
        recover(folder)
        assert held(folder) in (OLD, NEW | ADDED), at


@needs_fork
def test_killed_while_it_takes_back_it_still_finds_all_old(tmp_path, monkeypatch):
    def fail(function, arguments):
        raise OSError(5, "Input/output error")

    calls = count_of_calls(tmp_path, monkeypatch)
    killed = 0
    for at in range(calls // 3, calls, 3):
        for later in range(1, 25, 3):
            folder = filled(tmp_path / f"{at}-{later}")

            def work(folder=folder, at=at, later=later):
                Counted({at: fail, at + later: die}).patch(setattr)
                save(folder)

            killed += in_a_process(work) == signal.SIGKILL
            recover(folder)
            assert held(folder) in (OLD, NEW | ADDED), (at, later)
            shutil.rmtree(folder.parent)
    assert killed > 30


SAVES_FOR_EVER = """
import sys
from pathlib import Path
from sheetpack.transaction import commit
folder = Path(sys.argv[1])
turn = 0
print("begun", flush=True)
while True:
    turn += 1
    commit(folder, {folder / name: str(turn).encode() * 9999 for name in ("a.csv", "b.csv")})
"""


def test_killed_from_outside_at_random_the_files_belong_together(tmp_path):
    folder = tmp_path / "package"
    folder.mkdir()
    chance = random.Random(1)
    for _ in range(8):
        process = subprocess.Popen(
            [sys.executable, "-c", SAVES_FOR_EVER, str(folder)],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(Path(transaction.__file__).parents[1])},
        )
        process.stdout.readline()
        time.sleep(chance.uniform(0.005, 0.05))
        process.kill()
        process.communicate()
        recover(folder)
        files = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert files.keys() <= {"a.csv", "b.csv"}
        assert len(set(files.values())) <= 1


# --- several at once ----------------------------------------------------------------------


@needs_fork
def test_many_at_once_do_not_interleave(tmp_path):
    folder = tmp_path / "package"
    folder.mkdir()
    names = ("a.csv", "b.csv", "c.csv")

    def work(who: int) -> None:
        status = 1
        try:
            for turn in range(40):
                with locked(folder, wait=60):
                    before = {(folder / name).read_bytes() for name in names}
                    assert len(before) == 1
                    count = int(before.pop()) + 1
                    commit(folder, {folder / name: str(count).encode() for name in names})
                assert turn < 40
            status = 0
        finally:
            os._exit(status)

    commit(folder, {folder / name: b"0" for name in names})
    children = []
    for who in range(4):
        child = os.fork()
        if not child:
            work(who)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert files == dict.fromkeys(names, b"160")


@needs_fork
def test_who_waits_too_long_is_told_and_the_dead_hold_nothing(package, monkeypatch):
    monkeypatch.setattr(transaction, "SECONDS_TO_WAIT", 0.05)
    is_held, hold = os.pipe()
    child = os.fork()
    if not child:
        with locked(package):
            os.write(hold, b"x")
            time.sleep(60)
        os._exit(0)
    os.read(is_held, 1)
    assert codes_of(save, package) == ["save-busy"]
    recover(package)  # nothing was begun, so that everybody may read
    (package / journal.PREPARING).write_bytes(b"")
    assert codes_of(recover, package) == ["save-busy"]
    (package / journal.PREPARING).unlink()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    save(package)
    assert held(package) == NEW | ADDED


def test_who_holds_the_lock_may_lock_again(package):
    with locked(package), locked(package):
        save(package)
        assert (package / transaction.LOCK).exists()
    assert held(package) == NEW | ADDED


# --- what the next command finds ----------------------------------------------------------


def interrupted(folder: Path, monkeypatch, name: str) -> None:
    """Leave what a process leaves that dies right after its note got this name."""

    class Death(BaseException):
        pass

    rename = Path.rename

    def die_after(self, target):
        rename(self, target)
        if Path(target).name == name:
            raise Death

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", die_after)
        patch.setattr(transaction, "_take_back", lambda *_: None)
        with pytest.raises(Death):
            save(folder)


def test_without_an_interrupted_saving_nothing_is_done(package, monkeypatch):
    def forbid(*arguments):
        raise AssertionError("nothing may be locked")

    monkeypatch.setattr(transaction, "locked", forbid)
    recover(package)
    recover(package / "absent")
    assert held(package) == OLD


@pytest.mark.parametrize(("note", "then"), [(journal.PREPARING, OLD), (journal.SAVING, NEW)])
def test_every_command_ends_an_interrupted_saving_first(gallery, monkeypatch, note, then):
    def fill(contents):
        gallery.folder.joinpath("data").mkdir(exist_ok=True)
        for name, data in contents.items():
            gallery.write(name, data)

    fill(OLD)
    interrupted(gallery.folder, monkeypatch, note)
    result = CliRunner().invoke(main, ["validate", str(gallery.folder)])
    assert result.exit_code == 0, result.output
    assert gallery.path("data/a.csv").read_bytes() == then["data/a.csv"]
    assert not list(gallery.folder.rglob(".sheetpack*"))


def test_a_file_that_was_changed_by_hand_meanwhile_is_left_alone(package, monkeypatch):
    interrupted(package, monkeypatch, journal.SAVING)
    (package / "data" / "b.csv").unlink()
    (package / "data" / "b.csv").write_bytes(b"by hand")
    before = held(package)
    with pytest.raises(Refusal) as caught:
        recover(package)
    (issue,) = caught.value.issues
    assert issue.code == "save-changed"
    assert "data/b.csv" in issue.message
    assert journal.SAVING in issue.hint
    assert held(package) == before


def test_a_folder_where_nothing_can_be_ended_is_told(package, monkeypatch):
    def refuse(*arguments, **options):
        raise OSError(30, "Read-only file system")

    interrupted(package, monkeypatch, journal.SAVING)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        assert codes_of(recover, package) == ["save-unfinished"]
    recover(package)
    assert held(package) == NEW | ADDED


@pytest.mark.parametrize("code", ["save-busy", "save-outside", "save-unfinished", "save-changed"])
def test_there_is_a_hint_for_everything_that_can_go_wrong(code):
    assert catalogue.messages()[code]["hint"]
