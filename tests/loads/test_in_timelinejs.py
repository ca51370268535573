"""TimelineJS's own reader, given the address of our file, finds every event."""

from __future__ import annotations

import csv
import functools
import html
import json
import shutil
import subprocess
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.loads.conftest import PATIENCE, typed

NODE = Path(__file__).parent / "node"

pytestmark = pytest.mark.skipif(
    not shutil.which("node") or not (NODE / "node_modules/@knight-lab").exists(),
    reason="Node, or TimelineJS, is not installed",
)


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def read(place):
    """A function: what TimelineJS makes of a file, fetched from a server."""

    def timeline(path: Path):
        handler = functools.partial(Silent, directory=path.parent)
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}/{path.name}"
            command = ["node", str(NODE / "timeline.mjs"), address]
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
            server.shutdown()
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return timeline


def day(date: dict | None) -> list[str]:
    """Year, month and day of a date of TimelineJS, blank where it has none."""
    data = date["data"] if date else {}
    return [str(data.get(name) or "") for name in ("year", "month", "day")]


def test_every_event_is_found_with_its_dates_and_words(read, place):
    path = place / "dist/csv/timeline.csv"
    found = read(path)
    assert found["wrong"] == []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = sorted(
        [
            html.unescape(row["Headline"]),
            html.unescape(row["Text"]),
            row["Display Date"],
            row["Group"],
            [row["Year"], row["Month"], row["Day"]],
            [row["End Year"], row["End Month"], row["End Day"]],
        ]
        for row in rows
    )
    assert wanted == sorted(
        [
            html.unescape(event["text"]["headline"]),
            html.unescape(event["text"]["text"]),
            event["display_date"],
            event["group"],
            day(event["start_date"]),
            day(event.get("end_date")),
        ]
        for event in found["events"]
    )
    dated = sorted(event["title"] for event in typed(place, "events") if event["date"])
    assert sorted(html.unescape(row["Headline"]) for row in rows) == dated


def test_a_date_that_is_none_is_told(read, place, tmp_path):
    text = (place / "dist/csv/timeline.csv").read_text(encoding="utf-8")
    assert "\n1984," in text
    wrong = tmp_path / "timeline.csv"
    wrong.write_text(text.replace("\n1984,", "\nlong ago,", 1), encoding="utf-8")
    assert read(wrong)["wrong"]
