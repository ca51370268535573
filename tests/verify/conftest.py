"""A package that was made from two invented texts, and these texts, to be changed at will."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sheetpack.cli import main
from tests.conftest import Copy

TEXTS = Path(__file__).parents[1] / "texts" / "island"
RECORD = "validation/verified.csv"


class Island(Copy):
    """A copy of the package and of its texts, each in a folder of its own."""

    def __init__(self, folder: Path, texts: Path):
        super().__init__(folder)
        self.texts = Copy(texts)

    def run(self, *arguments: str) -> Result:
        """`sheetpack verify`, ended without a traceback."""
        command = ["verify", str(self.texts.folder), "--package", str(self.folder), *arguments]
        result = CliRunner().invoke(main, command)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    def found(self, *arguments: str) -> list[dict]:
        """The issues that `sheetpack verify` tells; nothing was recorded if there are errors."""
        before = self.path(RECORD).read_bytes()
        result = self.run("--format", "json", *arguments)
        told = json.loads(result.stdout)
        assert result.exit_code == (0 if told["valid"] else 1)
        if not told["valid"]:
            assert self.path(RECORD).read_bytes() == before
        return told["issues"]

    def rewrite(self, name: str, old: str, new: str) -> None:
        """Change a text, and let the package name the fingerprint that it has now."""
        before = self.fingerprint(name)
        self.texts.replace(name, old, new)
        self.replace("data/sources.csv", before, self.fingerprint(name))

    def fingerprint(self, name: str) -> str:
        return hashlib.sha256(self.texts.path(name).read_bytes()).hexdigest()

    def coverage(self) -> dict[tuple[str, int], dict]:
        told = json.loads(self.run("--format", "json").stdout)
        return {(each["section"], each["paragraph"]): each for each in told["coverage"]}


def places(issues: list[dict]) -> list[tuple[str, str, int, str]]:
    """Code, resource, row and field of each issue."""
    return [(each["code"], each["resource"], each["row"], each["field"]) for each in issues]


@pytest.fixture
def island(copy_of, tmp_path) -> Island:
    texts = shutil.copytree(TEXTS, tmp_path / "texts")
    return Island(copy_of("island").folder, texts)
