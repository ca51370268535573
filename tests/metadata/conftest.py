from __future__ import annotations

import json

import pytest

from sheetpack import descriptor, metadata
from tests.samples import resource, write_package


class Made:
    """The metadata files of one small package."""

    def __init__(self, folder, content):
        self.folder = folder
        self.content = content

    def json(self, name):
        return json.loads(self.content[name])


@pytest.fixture
def made(tmp_path):
    """A function: the metadata of a package of one table, with properties of its own."""

    def make(resources=None, data=None, **properties):
        resources = resources or [resource("t", ["a"])]
        path = write_package(tmp_path, resources, data or {"t.csv": "a\nx\n"}, **properties)
        return Made(tmp_path, metadata.files(descriptor.load(path), tmp_path))

    return make
