from __future__ import annotations

import pytest

from sheetpack.issue import Refusal
from sheetpack.releasing import history
from tests.releasing.shop import Shop
from tests.test_revision import git


def code_of(call, *arguments):
    with pytest.raises(Refusal) as caught:
        call(*arguments)
    (issue,) = caught.value.issues
    return issue.code


def test_the_highest_version_among_the_tags_is_the_last_release(shop):
    for tag in ("v1.10.0", "v1.9.0", "v2", "version-9.9.9", "v3.0.0-rc.1"):
        shop.tag(tag)
    assert history.last_release(shop.folder) == "v1.10.0"


def test_a_tag_on_another_branch_is_no_release_of_this_one(shop):
    git(shop.folder, "checkout", "--quiet", "-b", "other")
    shop.commit()
    shop.tag("v2.0.0")
    git(shop.folder, "checkout", "--quiet", "main")
    assert history.last_release(shop.folder) == "v1.2.3"
    assert history.has_tag(shop.folder, "v2.0.0")


def test_without_a_tag_there_was_no_release(tmp_path):
    shop = Shop(tmp_path / "shop")
    shop.start()
    assert history.last_release(shop.folder) is None


def test_without_a_repository_or_a_commit_it_is_refused(tmp_path):
    shop = Shop(tmp_path / "shop")
    assert code_of(history.last_release, shop.folder) == "release-no-repository"
    git(shop.folder, "init", "--quiet")
    assert code_of(history.last_release, shop.folder) == "release-no-commit"


def test_where_git_fetched_the_last_commits_only_a_release_may_be_missing(shop, tmp_path):
    shop.commit()
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{shop.folder}", "shallow")
    assert code_of(history.last_release, tmp_path / "shallow") == "release-shallow"
    shop.tag("v1.3.0")
    git(tmp_path / "shallow", "fetch", "--quiet", "--tags")
    assert history.last_release(tmp_path / "shallow") == "v1.3.0"


def test_what_git_complains_about_is_told(shop):
    (shop.folder / ".git" / "index").write_bytes(b"no index")
    files = [shop.descriptor]
    assert code_of(history.uncommitted, shop.folder, files) == "release-git"


def test_the_day_is_that_of_the_commit(shop):
    assert history.day(shop.folder) == "2024-06-19"


def test_changed_staged_and_unknown_files_are_not_committed(shop):
    names = ["people.csv", "orders.csv", "lines.csv", "odd [name]*.csv", "hidden.csv"]
    (shop.folder / ".gitignore").write_text("hidden.csv\n")
    shop.commit()
    for name in names[3:]:
        (shop.folder / name).write_text("x\n")
    (shop.folder / "people.csv").write_text("id\n")
    (shop.folder / "orders.csv").write_text("id\n")
    git(shop.folder, "add", "orders.csv")
    files = [shop.folder / name for name in names]
    wanted = ["hidden.csv", "odd [name]*.csv", "orders.csv", "people.csv"]
    assert history.uncommitted(shop.folder, files) == wanted
    assert history.uncommitted(shop.folder, []) == []
