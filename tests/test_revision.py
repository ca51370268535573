from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from sheetpack.edits import sides
from sheetpack.issue import Refusal
from sheetpack.revision import checked_out
from tests.samples import opened, resource, write_package


def git(folder, *arguments):
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def package(folder, content="id\nfirst\n"):
    folder.mkdir(parents=True, exist_ok=True)
    return write_package(folder, [resource("goods", ["id"], ["id"])], {"goods.csv": content})


@pytest.fixture
def repository(tmp_path):
    """Two packages in one repository; the one in a folder of it was changed once."""
    top = tmp_path / "repo"
    package(top)
    inner = package(top / "deep" / "er")
    git(top, "init", "--quiet", "--initial-branch=main")
    git(top, "add", ".")
    git(top, "commit", "--quiet", "--message=one")
    git(top, "tag", "v1")
    package(inner.parent, "id\nsecond\n")
    git(top, "commit", "--quiet", "--all", "--message=two")
    package(inner.parent, "id\nunsaved\n")
    return top


def rows(path):
    _, tables = opened(path)
    return [row.raw for row in tables["goods"].rows]


def code_of(package_path, revision):
    with pytest.raises(Refusal) as refusal, checked_out(package_path, revision):
        pass
    (issue,) = refusal.value.issues
    return issue.code


@pytest.mark.parametrize(
    ("revision", "there"), [("HEAD", "second"), ("HEAD~1", "first"), ("v1", "first")]
)
def test_a_package_in_a_folder_of_the_repository_is_as_it_was(repository, revision, there):
    folder = repository / "deep" / "er"
    for named in (folder, folder / "datapackage.json"):
        with checked_out(named, revision) as path:
            assert rows(path) == [(there,)]
    assert rows(folder) == [("unsaved",)]


def test_a_package_at_the_top_of_the_repository_is_as_it_was(repository):
    (repository / "goods.csv").write_text("id\nother\n")
    with checked_out(repository, "main") as path:
        assert rows(path) == [("first",)]


def test_only_the_folder_of_the_package_is_brought_out(repository):
    with checked_out(repository / "deep" / "er", "HEAD") as path:
        files = [each for each in path.parents[2].rglob("*") if each.is_file()]
    assert {each.name for each in files} == {"datapackage.json", "goods.csv"}
    assert len(files) == 2


def test_nothing_is_left_behind_and_nothing_of_the_user_is_touched(repository):
    (repository / "goods.csv").write_text("id\nstaged\n")
    git(repository, "add", "goods.csv")
    index = (repository / ".git" / "index").read_bytes()
    with checked_out(repository, "HEAD") as path:
        folder = path.parent
        assert folder.exists()
    assert not folder.exists()
    assert (repository / ".git" / "index").read_bytes() == index
    assert (repository / "goods.csv").read_text() == "id\nstaged\n"


def test_files_that_are_not_to_be_published_are_there_all_the_same(repository):
    (repository / ".gitattributes").write_text("goods.csv export-ignore\n")
    git(repository, "add", ".gitattributes")
    git(repository, "commit", "--quiet", "--message=three")
    with checked_out(repository, "HEAD") as path:
        assert rows(path) == [("first",)]


def test_links_that_lead_out_of_the_folder_are_left_out(repository, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("id\nsecret\n")
    folder = repository / "deep" / "er"
    (folder / "inside").symlink_to("goods.csv")
    (folder / "outside").symlink_to(secret)
    (folder / "above").symlink_to("../../goods.csv")
    (folder / "round").symlink_to("round")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message=links")
    with checked_out(folder, "HEAD") as path:
        links = {each.name for each in path.parent.iterdir() if each.is_symlink()}
    assert links - {"round"} == {"inside"}


def test_it_works_inside_a_hook_of_git_too(repository, monkeypatch, tmp_path):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    with checked_out(repository, "v1") as path:
        assert rows(path) == [("first",)]


@pytest.mark.parametrize(
    "revision", ["nothing", "-h", "--all", "HEAD:goods.csv", "HEAD~9", "v1..HEAD", "", "v1 HEAD"]
)
def test_what_is_no_revision_is_refused_in_one_sentence(repository, revision):
    assert code_of(repository, revision) == "revision-unknown"


def test_outside_a_repository_there_are_no_revisions(tmp_path):
    package(tmp_path / "alone")
    assert code_of(tmp_path / "alone", "HEAD") == "revision-no-repository"


def test_a_revision_before_the_package_was_there_is_refused(repository):
    package(repository / "new")
    assert code_of(repository / "new", "HEAD") == "revision-no-descriptor"
    assert code_of(repository / "other.json", "HEAD") == "revision-no-descriptor"


def test_a_package_whose_folder_does_not_exist_is_refused(repository):
    assert code_of(repository / "gone" / "datapackage.json", "HEAD") == "descriptor-missing"


def test_without_git_it_says_what_is_missing(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert code_of(repository, "HEAD") == "revision-no-git"


def test_a_repository_with_a_missing_file_is_refused(repository):
    for blob in (repository / ".git" / "objects").glob("??/*"):
        with suppress(OSError):
            is_blob = git_type(repository, blob) == b"blob\n"
            blob.unlink() if is_blob else None
    assert code_of(repository, "HEAD") == "revision-unreadable"


def git_type(repository: Path, blob: Path) -> bytes:
    name = blob.parent.name + blob.name
    command = ["git", "cat-file", "-t", name]
    return subprocess.run(command, cwd=repository, capture_output=True, check=True).stdout


def test_what_is_wrong_at_a_revision_is_told_with_its_name(repository):
    (repository / "datapackage.json").write_text("{")
    git(repository, "commit", "--quiet", "--all", "--message=broken")
    package(repository)
    with pytest.raises(Refusal) as refusal:
        sides.at_revision(repository, "HEAD")
    assert [issue.file for issue in refusal.value.issues] == ["HEAD:datapackage.json"]
