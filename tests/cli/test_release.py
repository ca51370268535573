from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from click.testing import CliRunner

from sheetpack import catalogue, transaction
from sheetpack.cli import main
from sheetpack.cli.opening import open_package
from sheetpack.releasing.history import last_release
from tests.releasing.shop import Shop, released
from tests.test_revision import git

DAY = "2024-06-19T00:00:00Z"
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n- By hand.\n\n## [1.2.3] - 2020-01-01\n"

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system knows no fork")


@pytest.fixture
def shop(tmp_path, monkeypatch) -> Shop:
    return released(tmp_path / "shop", monkeypatch)


@pytest.fixture
def changed(shop):
    """A new row, built and committed; nothing stands in the way of a release."""
    (shop.folder / "CHANGELOG.md").write_text(CHANGELOG)
    shop.replace("people.csv", "bob,Bob,\n", "bob,Bob,\neve,Eve,\n")
    for command in (["build"], ["metadata", str(shop.folder)]):
        assert shop.run(*command[1:], command=command[0]).exit_code == 0
    shop.commit()
    return shop


def codes(result):
    return {issue["code"] for issue in json.loads(result.stdout)["issues"]}


def test_a_release_is_written_and_consistent(changed):
    result = changed.run()
    assert result.exit_code == 0, result.output
    assert "shop 1.2.3 → 1.3.0 (minor, compared with v1.2.3)" in result.output
    said = changed.said()
    assert (said["version"], said["created"]) == ("1.3.0", DAY)
    assert changed.run("--check", command="build").exit_code == 0
    assert changed.run(changed.folder, "--check", command="metadata").exit_code == 0
    log = (changed.folder / "CHANGELOG.md").read_text("utf-8")
    wanted = "## [1.3.0] - 2024-06-19\n\n- By hand.\n\n### Added\n\n- people: 1 row added: eve.\n"
    assert f"## [Unreleased]\n\n{wanted}\n## [1.2.3]" in log


def test_the_files_to_hand_out_are_whole_and_say_what_changed(changed):
    changed.run()
    folder = changed.folder / "release" / "1.3.0"
    for path in (changed.folder / "dist").rglob("*"):
        if path.is_file():
            beside = folder / path.relative_to(changed.folder / "dist")
            assert beside.read_bytes() == path.read_bytes()
    found = json.loads((folder / "changes-1.2.3-to-1.3.0.json").read_text("utf-8"))
    assert (found["rank"], found["previous"]) == ("minor", "1.2.3")
    assert found["changes"]["resources"][0]["rows"][0]["key"] == ["eve"]
    book = openpyxl.load_workbook(folder / "changes-1.2.3-to-1.3.0.xlsx")
    assert "people (changes)" in book.sheetnames
    with ZipFile(folder / "shop-1.3.0.zip") as archive:
        assert json.loads(archive.read("datapackage.json"))["version"] == "1.3.0"
        rows = csv.reader(io.TextIOWrapper(archive.open("people.csv"), "utf-8"))
        assert len(list(rows)) == 4
        assert {"by-kind.sql", "note.txt"} <= {*archive.namelist()}
    assert "version: 1.3.0" in (folder / "CITATION.cff").read_text("utf-8")


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="this system has no sha256sum")
def test_the_fingerprints_are_right_for_all_files(changed):
    changed.run()
    folder = changed.folder / "release" / "1.3.0"
    checked = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    result = subprocess.run(checked, cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert result.stdout.count(": OK") == len(files) - 1


def test_the_commands_that_are_told_make_it_count(changed, monkeypatch):
    result = changed.run()
    told = re.findall(r"^ {4}(git .*)$", result.output, re.MULTILINE)
    assert len(told) == 2
    assert last_release(changed.folder) == "v1.2.3"
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "a")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")
    for command in told:
        subprocess.run(command, shell=True, check=True, capture_output=True)
    assert last_release(changed.folder) == "v1.3.0"
    shutil.rmtree(changed.folder / "release")
    status = ["git", "status", "--porcelain"]
    assert subprocess.run(status, cwd=changed.folder, capture_output=True).stdout == b""
    before = changed.held()
    result = changed.run()
    assert result.exit_code == 0
    assert result.output == "Nothing changed since v1.3.0: there is nothing to release.\n"
    found = json.loads(changed.run("--format", "json").stdout)
    assert (found["released"], found["version"], found["since"]) == (False, "1.3.0", "v1.3.0")
    assert changed.run("--quiet").output == ""
    assert changed.held() == before


def test_a_dry_run_shows_everything_and_writes_nothing(changed):
    before = changed.held()
    result = changed.run("--dry-run")
    assert result.exit_code == 0
    for words in (
        "  minor  people: 1 row added: eve\n",
        "    ## [1.3.0] - 2024-06-19\n",
        "  dist/ (3 files)\n",
        "  SHA256SUMS (",
        "Nothing was written, as this is a dry run.",
    ):
        assert words in result.output
    assert changed.held() == before


def test_a_dry_run_shows_what_stands_in_the_way_too(changed):
    changed.replace("people.csv", "Eve", "Eva")
    before = changed.held()
    result = changed.run("--dry-run")
    assert result.exit_code == 1
    assert "people: 1 row added: eve" in result.output
    assert "This stands in the way of the release:" in result.output
    assert changed.held() == before


def test_the_same_commit_gives_the_same_bytes(changed, tmp_path):
    for name in ("one", "two"):
        shutil.copytree(changed.folder, tmp_path / name / "shop")
        copy = object.__new__(Shop)
        copy.folder = tmp_path / name / "shop"
        assert copy.run().exit_code == 0
    one, two = (
        {path.relative_to(top): path.read_bytes() for path in top.rglob("*") if path.is_file()
         and ".git" not in path.parts}
        for top in (tmp_path / "one", tmp_path / "two")
    )  # fmt: skip
    assert one == two


def test_a_first_release_keeps_the_version_of_the_descriptor(shop):
    git(shop.folder, "tag", "--delete", "v1.2.3")
    result = shop.run()
    assert result.exit_code == 0, result.output
    assert "shop 1.2.3, the first release" in result.output
    log = (shop.folder / "CHANGELOG.md").read_text("utf-8")
    assert "- 3 sheets with 7 rows: people (2), orders (2), lines (3).\n" in log
    assert "## [1.2.3] - 2024-06-19\n" in log
    # Where there is no dist/ and no metadata yet, none is made; but the files are handed out.
    assert not (shop.folder / "dist").exists()
    assert (shop.folder / "release" / "1.2.3" / "shop.xlsx").is_file()
    assert "add CHANGELOG.md\n" in result.output


def test_since_names_another_release(changed):
    git(changed.folder, "branch", "earlier", "v1.2.3")
    assert json.loads(changed.run("--dry-run", "--format", "json", "--since", "earlier").stdout)[
        "version"
    ] == "1.3.0"  # fmt: skip
    assert changed.run("--since", "nothing").exit_code == 2


def test_it_can_be_made_from_another_folder_but_not_into_the_one_where_one_is(
    changed, tmp_path, monkeypatch
):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    arguments = ["release", "--package", os.path.relpath(changed.folder), "--output"]
    result = CliRunner().invoke(main, [*arguments, ".", "--format", "json"])
    assert (result.exit_code, codes(result)) == (1, {"release-folder-here"})
    result = CliRunner().invoke(main, [*arguments, "out"])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "here" / "out" / "SHA256SUMS").is_file()


def test_the_entry_alone_is_written_as_markdown(changed):
    result = changed.run("--dry-run", "--format", "markdown")
    assert result.output.startswith("## [1.3.0] - 2024-06-19\n\n- By hand.\n")


def test_a_higher_version_that_was_set_by_hand_counts_and_a_lower_one_is_refused(changed):
    def commit(old, new):
        changed.replace("datapackage.json", old, new)
        for command in (["build"], ["metadata", str(changed.folder)]):
            changed.run(*command[1:], command=command[0])
        changed.commit()

    commit('"1.2.3"', '"2.0.0"')
    result = changed.run("--dry-run")
    assert "1.2.3 → 2.0.0 (minor, compared with v1.2.3; the version was set by hand)" in (
        result.output
    )
    commit('"2.0.0"', '"1.2.9"')
    result = changed.run("--format", "json")
    assert (result.exit_code, result.stdout.count("release-version-low")) == (2, 1)


def test_the_version_alone_can_be_raised(shop):
    shop.replace("datapackage.json", "1.2.3", "2.0.0")
    shop.commit()
    found = json.loads(shop.run("--dry-run", "--format", "json").stdout)
    assert [reason["text"] for reason in found["reasons"]] == ["the version only"]
    assert found["version"] == "2.0.0"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"version": "1.2.3",', "", "release-no-version"),
        ('"1.2.3"', '"June 2024"', "release-version"),
        ('"1.2.3"', '"1.3"', "release-version"),
    ],
)
def test_a_descriptor_without_a_usable_version_is_refused(changed, old, new, code):
    changed.replace("datapackage.json", old, new)
    result = changed.run("--format", "json")
    assert result.exit_code == 2
    assert f'"{code}"' in result.stdout


def in_the_way(shop):
    """What each of them does to the package, and the code that is told then."""
    log = shop.folder / "CHANGELOG.md"

    def write(path, data):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    return {
        "release-uncommitted": lambda: shop.replace("note.txt", "A", "The"),
        "release-dist": lambda: write(shop.folder / "dist" / "csv" / "by-kind.csv", b"x\n"),
        "dist-stale": lambda: write(shop.folder / "dist" / "csv" / "old.csv", b"x\n"),
        "release-metadata": lambda: write(shop.folder / ".zenodo.json", b"{}"),
        "release-tag": lambda: (
            git(shop.folder, "checkout", "--quiet", "--orphan", "other"),
            git(shop.folder, "commit", "--quiet", "--message=x"),
            shop.tag("v1.3.0"),
            git(shop.folder, "checkout", "--quiet", "main"),
        ),
        "release-entry": lambda: write(log, CHANGELOG.replace("1.2.3", "1.3.0").encode()),
        "release-place": lambda: write(log, b"# Changelog\n\n## 1.2.3\n"),
        "release-folder-taken": lambda: write(shop.folder / "release" / "1.3.0" / "my", b"x"),
    }


@pytest.mark.parametrize(
    "code",
    [
        "release-uncommitted",
        "release-dist",
        "dist-stale",
        "release-metadata",
        "release-tag",
        "release-entry",
        "release-place",
        "release-folder-taken",
    ],
)
def test_what_stands_in_the_way_is_told_and_nothing_is_written(changed, code):
    in_the_way(changed)[code]()
    before = changed.held()
    result = changed.run("--format", "json")
    assert result.exit_code == 1, result.output
    assert code in codes(result)
    # What is built from a file that is not committed differs too.
    others = {"release-dist", "release-metadata"} if code == "release-uncommitted" else set()
    assert codes(result) <= {code} | others
    assert changed.held() == before
    assert catalogue.messages()[code]["hint"].split("{")[0] in changed.run().output


def test_data_that_is_wrong_is_not_released(changed):
    changed.replace("lines.csv", "o2,1", "o2,x")
    before = changed.held()
    result = changed.run()
    assert result.exit_code == 1
    assert "“x”" in result.output
    assert changed.held() == before


def test_a_changelog_that_is_no_text_is_refused(changed):
    (changed.folder / "CHANGELOG.md").write_bytes(b"\xff\n")
    result = changed.run("--format", "json")
    assert (result.exit_code, "release-changelog" in result.stdout) == (2, True)


def test_without_git_it_is_refused_in_a_sentence(tmp_path):
    shop = Shop(tmp_path / "shop")
    result = shop.run()
    assert result.exit_code == 2
    assert "is not kept by git" in result.output
    assert "Traceback" not in result.output


def killed(shop, when):
    """Run a release in a process that dies before its `when`-th renaming. Did it?"""
    process = os.fork()
    if process == 0:
        done = 0

        def dying(real):
            def step(*arguments):
                nonlocal done
                done += 1
                if done > when:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*arguments)

            return step

        Path.rename, Path.replace = dying(Path.rename), dying(Path.replace)
        shop.run()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


@needs_fork
def test_whoever_is_killed_midway_leaves_the_old_package_or_the_new_one(changed, tmp_path):
    kept = tmp_path / "kept"
    shutil.copytree(changed.folder, kept)
    old = package_files(changed)
    assert changed.run().exit_code == 0
    new = package_files(changed)
    seen = set()
    for when in range(0, 100, 3):
        shutil.rmtree(changed.folder)
        shutil.copytree(kept, changed.folder)
        was_killed = killed(changed, when)
        open_package(changed.folder)
        found = package_files(changed)
        assert found in (old, new)
        seen.add(found == new)
        if found == old:
            assert changed.run().exit_code == 0
        assert package_files(changed) == new
        if not was_killed:
            break
    assert seen == {True, False}
    assert when > 20


def package_files(shop):
    """All files but those to hand out."""
    return {name: data for name, data in shop.held().items() if not name.startswith("release/")}


def test_where_the_package_cannot_be_written_no_folder_is_left(changed, monkeypatch):
    def fail(folder, contents):
        raise OSError("disk full")

    before = changed.held()
    monkeypatch.setattr(transaction, "commit", fail)
    assert changed.run().exit_code == 2
    (changed.folder / "release").rmdir()
    assert changed.held() == before
