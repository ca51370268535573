from __future__ import annotations

from click.testing import CliRunner

from sheetpack import transaction
from sheetpack.cli import main


def run(*arguments):
    return CliRunner().invoke(main, ["format", *map(str, arguments)])


def test_it_tells_which_files_were_rewritten(gallery):
    gallery.replace("data/remarks.csv", "Sold", '"Sold"')
    before = gallery.path("data/people.csv").read_bytes()
    result = run("--package", gallery.folder)
    assert result.exit_code == 0
    assert "data/remarks.csv" in result.output
    assert "people" not in result.output
    assert gallery.path("data/remarks.csv").read_text().endswith("storm,2,Sold\n")
    assert gallery.path("data/people.csv").read_bytes() == before
    assert "data/remarks.csv" not in run("--package", gallery.folder).output


def test_quiet_says_nothing(gallery):
    gallery.replace("data/remarks.csv", "Sold", '"Sold"')
    assert run("--package", gallery.folder, "--quiet").output == ""


def test_what_cannot_be_read_ends_with_exit_code_2(gallery):
    gallery.write("data/remarks.csv", "")
    result = run("--package", gallery.folder)
    assert result.exit_code == 2
    assert "data/remarks.csv" in result.output


def test_what_another_command_writes_meanwhile_is_not_lost(gallery, monkeypatch):
    gallery.replace("data/remarks.csv", "Sold", '"Sold"')
    path = gallery.path("data/remarks.csv")
    locked = transaction.locked
    others = iter([path.read_text("utf-8").replace("Sold", "Lent")])

    def after_another(folder):
        for text in others:
            path.write_text(text, "utf-8")
        return locked(folder)

    monkeypatch.setattr(transaction, "locked", after_another)
    assert run("--package", gallery.folder).exit_code == 0
    assert path.read_text("utf-8").endswith("storm,2,Lent\n")
