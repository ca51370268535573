"""A small package kept by git, whose descriptor is written by hand, and ways to change it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sheetpack.cli import main
from sheetpack.releasing import state
from sheetpack.releasing.state import State
from tests.samples import opened, resource
from tests.test_revision import git

DATA = {
    "people.csv": "id,name,mail\nada,Ada,a@example.org\nbob,Bob,\n",
    "orders.csv": "id,person,kind\no1,ada,new\no2,bob,old\n",
    "lines.csv": "order,number,text\no1,1,Tea\no1,2,Rice\no2,1,Salt\n",
    "by-kind.sql": "SELECT kind, count(*) AS n FROM orders GROUP BY kind\n",
    "extra.sql": "SELECT id FROM people ORDER BY id\n",
    "note.txt": "A note.\n",
}
PLAIN = {"encoding": "utf-8", "dialect": {"delimiter": ","}}


def reference(field: str, name: str) -> dict[str, Any]:
    return {"fields": [field], "reference": {"resource": name, "fields": ["id"]}}


def content() -> dict[str, Any]:
    """The descriptor."""
    kind = {"name": "kind", "type": "string", "constraints": {"enum": ["new", "old"]}}
    number = {"name": "number", "type": "integer"}
    orders = {"foreignKeys": [reference("person", "people")]}
    lines = {"foreignKeys": [reference("order", "orders")]}
    return {
        "name": "shop",
        "title": "A shop",
        "version": "1.2.3",
        "created": "2020-01-01T00:00:00Z",
        "licenses": [{"name": "CC0-1.0"}],
        "sheetpack": {
            "views": [
                {"name": "by-kind", "path": "by-kind.sql", "outputs": ["sheet", "csv"]},
                {"name": "extra", "path": "extra.sql", "outputs": ["sheet"]},
            ]
        },
        "resources": [
            resource("people", ["id", "name", "mail"], ["id"], **PLAIN),
            resource("orders", ["id", "person", kind], ["id"], **PLAIN, schema=orders),
            resource(
                "lines", ["order", number, "text"], ["order", "number"], **PLAIN, schema=lines
            ),
            {"name": "note", "path": "note.txt"},
        ],
    }


class Shop:
    """The package in a folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir()
        for name, text in DATA.items():
            (folder / name).write_text(text, "utf-8", newline="")
        self.describe(content())

    @property
    def descriptor(self) -> Path:
        return self.folder / "datapackage.json"

    def describe(self, said: dict[str, Any]) -> None:
        self.descriptor.write_text(json.dumps(said, indent=1), "utf-8")

    def said(self) -> dict[str, Any]:
        return json.loads(self.descriptor.read_text("utf-8"))

    def replace(self, name: str, old: str, new: str) -> None:
        """Put `new` where `old` stands; it has to stand there exactly once."""
        text = (self.folder / name).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        (self.folder / name).write_text(text.replace(old, new), "utf-8", newline="")

    def state(self) -> State:
        return state.of(*opened(self.descriptor))

    def start(self) -> None:
        """Make it a repository with a first commit."""
        git(self.folder, "init", "--quiet", "--initial-branch=main")
        self.commit()

    def commit(self) -> None:
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--allow-empty", "--message=one")

    def tag(self, name: str) -> None:
        git(self.folder, "tag", name)

    def run(self, *arguments: str | Path, command: str = "release"):
        return CliRunner().invoke(
            main, [command, "--package", str(self.folder), *map(str, arguments)]
        )

    def held(self) -> dict[str, bytes]:
        """Every file, hidden ones too, but not what git keeps."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file() and ".git" not in path.relative_to(self.folder).parts[:1]
        }


def released(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A package that was released as 1.2.3; all that is committed is so on one day."""
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2024-06-19T12:00:00Z")
    shop = Shop(folder)
    shop.start()
    shop.tag("v1.2.3")
    return shop
