"""No path of a descriptor, and no link, reads or writes a file outside the package's folder."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sheetpack import inside
from sheetpack.cli import main
from tests.samples import resource, write_package

SECRET = "id\nsecret\n"
SCHEMA = {"fields": [{"name": "id", "type": "string"}]}


class Watch:
    """Notes which files outside the package are opened while a command runs, and all calls."""

    def __init__(self):
        self.folder = ""
        self.seen: list[str] = []
        sys.addaudithook(self.note)  # it stays for good; without a folder it does nothing

    def note(self, event: str, arguments: tuple) -> None:
        if not self.folder:
            return
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if path.startswith(self.folder):
                self.seen.append(path)
        calls = ("socket.connect", "socket.getaddrinfo", "sqlite3.connect")
        # SQLite calls a database of its own "", which lies in a file without a name.
        if event in calls and arguments not in ((":memory:",), ("",)):
            self.seen.append(f"{event} {arguments[1:]}")


WATCH = Watch()


@pytest.fixture
def package(tmp_path):
    """A package beside a folder with files that are none of its business."""
    folder = tmp_path / "package"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "a.csv").write_text("id\nx\n")
    (folder / "schema.json").write_text(json.dumps(SCHEMA))
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text(SECRET)
    (outside / "schema.json").write_text(json.dumps(SCHEMA))
    (outside / "dialect.json").write_text('{"delimiter": ","}')
    (outside / "rule.sql").write_text("SELECT 'a' AS resource, 'leaked' AS message")
    (folder / "far").symlink_to(outside)
    (folder / "data" / "far.csv").symlink_to("../../outside/secret.csv")
    (folder / "data" / "near.csv").symlink_to("a.csv")
    (folder / "data" / "circle.csv").symlink_to("circle.csv")
    return folder


def describe(folder: Path, settings: dict | None = None, top: dict | None = None, **of_resource):
    table = {"name": "a", "path": "data/a.csv", "schema": "schema.json"} | of_resource
    content = {"name": "sample", "resources": [table]} | (top or {})
    if settings:
        content["sheetpack"] = settings
    (folder / "datapackage.json").write_text(json.dumps(content))


def run(*arguments) -> tuple[int, list[dict], str]:
    """Exit code, issues and output; a command that opens what lies outside fails the test."""
    folder = Path(arguments[-1])
    WATCH.folder, WATCH.seen = str(folder.parent / "outside"), []
    try:
        result = CliRunner().invoke(main, [*map(str, arguments), "--format", "json"])
    finally:
        WATCH.folder = ""
    assert not WATCH.seen
    assert result.exception is None or isinstance(result.exception, SystemExit)
    found = json.loads(result.stdout)["issues"] if result.exit_code else []
    return result.exit_code, found, result.output


LEADING_OUT = [
    "../outside/{0}",
    "data/../../outside/{0}",
    "/etc/passwd",
    "{outside}/{0}",
    "file://{outside}/{0}",
    "file:{outside}/{0}",
    "FILE://{outside}/{0}",
    "~/{0}",
    "~root/{0}",
    "..\\outside\\{0}",
    "C:\\{0}",
    "C:{0}",
    "\\\\server\\{0}",
    "//server/{0}",
    "http://localhost:9/../{0}",
    "https://localhost:9/a/..\\{0}",
    "data/a.csv#../../{0}",
    "{0}\0",
]


@pytest.mark.parametrize("property_", ["path", "schema", "dialect", "profile", "$schema"])
@pytest.mark.parametrize("path", LEADING_OUT)
def test_a_path_that_leads_out_is_refused_in_one_sentence(package, path, property_):
    names = {"path": "secret.csv", "dialect": "dialect.json"}
    outside = package.parent / "outside"
    named = path.format(names.get(property_, "schema.json"), outside=outside)
    describe(package, **{property_: named})
    for command in ("validate", "build", "format"):
        code, (issue,), output = run(command, "--package", package)
        assert (code, issue["code"]) == (2, "path-outside")
        assert "secret\\n" not in output


@pytest.mark.parametrize("property_", ["profile", "$schema"])
def test_a_profile_of_the_package_that_leads_out_is_refused(package, property_):
    describe(package, top={property_: "../outside/schema.json"})
    assert run("validate", "--package", package)[1][0]["code"] == "path-outside"


@pytest.mark.parametrize("path", [["data/a.csv", "../outside/secret.csv"], ["data/far.csv"]])
def test_a_part_of_a_table_that_leads_out_is_refused(package, path):
    describe(package, path=path)
    assert run("validate", "--package", package)[1][0]["code"].startswith("path-")


@pytest.mark.parametrize(
    "of_resource",
    [
        {"path": "data/far.csv"},
        {"path": "far/secret.csv"},
        {"schema": "far/schema.json"},
        {"dialect": "far/dialect.json"},
        {"extrapaths": ["far/secret.csv"]},
    ],
)
def test_a_link_that_leads_out_is_neither_read_nor_written(package, of_resource):
    describe(package, **of_resource)
    for command in ("validate", "build", "format"):
        code, (issue,), _ = run(command, "--package", package)
        assert (code, issue["code"]) == (2, "path-link")
    assert (package.parent / "outside" / "secret.csv").read_text() == SECRET


def test_a_link_inside_the_folder_is_read_and_kept(package):
    (package / "data" / "a.csv").write_bytes(b"id\r\nx\r\n")
    describe(package, path="data/near.csv")
    assert run("validate", "--package", package)[0] == 0
    assert run("format", "--package", package)[0] == 0
    assert (package / "data" / "near.csv").is_symlink()
    assert (package / "data" / "a.csv").read_bytes() == b"id\nx\n"


def test_a_link_in_a_circle_is_told(package):
    describe(package, path="data/circle.csv")
    assert run("validate", "--package", package)[1][0]["code"] == "file-missing"


@pytest.mark.parametrize("path", ["ftp://a/b.csv", "s3://a/b.csv", "sqlite:///x.db", "data:,id"])
def test_an_address_of_another_kind_than_the_web_is_refused_and_not_called(package, path):
    describe(package, path=path, dialect={"sql": {"table": "a"}})
    assert run("validate", "--package", package)[1][0]["code"] == "path-scheme"


@pytest.mark.parametrize(
    "settings",
    [
        {"rules": "../outside"},
        {"rules": "far"},
        {"views": [{"name": "v", "path": "../outside/rule.sql"}]},
        {"views": [{"name": "v", "path": "far/rule.sql"}]},
    ],
)
def test_settings_that_lead_out_are_refused(package, settings):
    describe(package, settings)
    code, (issue,), _ = run("validate", "--package", package)
    assert (code, issue["code"]) == (2, "setting-outside")


@pytest.mark.parametrize("path", ["circle", "no\0name"])
def test_settings_that_name_what_cannot_be_are_told(package, path):
    (package / "circle").symlink_to("circle")
    describe(package, {"rules": path})
    code, (issue,), _ = run("validate", "--package", package)
    assert (code, issue["code"][:8]) == (2, "setting-")


def test_a_link_in_a_circle_in_place_of_an_output_is_told(package):
    describe(package)
    (package / "out").mkdir()
    (package / "out" / "sample.xlsx").symlink_to("sample.xlsx")
    code, (issue,), _ = run("build", "--package", package, "--output", package / "out")
    assert (code, issue["code"]) == (2, "save-outside")


def test_a_rule_that_is_a_link_out_of_the_folder_is_not_run(package):
    (package / "rules").mkdir()
    (package / "rules" / "rule.sql").symlink_to("../../outside/rule.sql")
    describe(package, {"rules": "rules"})
    code, (issue,), output = run("validate", "--package", package)
    assert (code, issue["code"]) == (1, "path-link")
    assert "leaked" not in output


def test_a_channel_in_place_of_a_file_is_not_waited_for(package):
    os.mkfifo(package / "data" / "channel.csv")
    describe(package, path="data/channel.csv")
    assert run("validate", "--package", package)[1][0]["code"] == "file-no-file"


@pytest.mark.parametrize("link", ["dist", "dist/sample.xlsx", "dist/datapackage.json", "dist/csv"])
def test_a_build_writes_through_no_link_out_of_the_folder(package, link):
    outside = package.parent / "outside"
    (package / "view.sql").write_text("SELECT id FROM a")
    describe(package, {"views": [{"name": "v", "path": "view.sql"}]})
    before = {path.name: path.read_bytes() for path in outside.iterdir()}
    if "/" in link:
        (package / "dist").mkdir()
    target = outside if link in ("dist", "dist/csv") else outside / "secret.csv"
    (package / link).symlink_to(target)
    result = CliRunner().invoke(main, ["build", "--package", str(package)])
    assert result.exit_code == 2, result.output
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == before


def test_a_name_too_long_for_a_file_is_told(package):
    describe(package, path="x" * 5000 + ".csv")
    code, issues, _ = run("validate", "--package", package)
    assert code in (1, 2) and len(issues) == 1


def test_any_path_is_looked_at_without_opening_it(tmp_path):
    write_package(tmp_path, [resource("a", ["id"])], {"a.csv": "id\n"})
    for path in ("a.csv", "./a.csv", "deep/er/a.csv", "a..b.csv", "...", "ü/a.csv", "a b.csv"):
        assert not list(inside.faults({"resources": [{"path": path}]}, tmp_path, "x.json")), path
    for shape in ({}, {"resources": 7}, {"resources": [7, None, {"path": {}}]}, {"profile": [1]}):
        assert not list(inside.faults(shape, tmp_path, "x.json"))
