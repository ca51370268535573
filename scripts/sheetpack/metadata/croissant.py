"""Croissant 1.0: the package as tools for machine learning load it, file by file, column by column.

A table gets its columns where such a tool reads it rightly: one plain CSV or TSV file with a
header, in UTF-8, delimited as its kind says. Any other is listed as a file only. References
between tables are not told: the reference loader joins along them, and stops where they lead
round in a circle or a table has two of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from sheetpack import canonical
from sheetpack.metadata.about import About
from sheetpack.metadata.jsonld import described, encoded
from sheetpack.metadata.parts import Part
from sheetpack.package import Field, Package, Resource

CROISSANT = "http://mlcommons.org/croissant/1.0"
RESPONSIBLE = "http://mlcommons.org/croissant/RAI/1.0"
OURS = (
    "citeAs",
    "column",
    "equivalentProperty",
    "extract",
    "field",
    "fileProperty",
    "fileObject",
    "fileSet",
    "format",
    "includes",
    "isLiveDataset",
    "jsonPath",
    "key",
    "md5",
    "parentField",
    "path",
    "recordSet",
    "references",
    "regex",
    "repeated",
    "replace",
    "samplingRate",
    "separator",
    "source",
    "subField",
    "transform",
)
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
} | {term: f"cr:{term}" for term in OURS}
DELIMITERS = {"text/csv": ",", "text/tab-separated-values": "\t"}
TYPES = {
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "year": "sc:Integer",
}


def content(known: About, package: Package, data: Sequence[Part]) -> bytes:
    """The file `croissant.json`."""
    data = [part for part in data if part.sha256]  # without a fingerprint, no file is valid
    kinds = [CROISSANT, RESPONSIBLE] if known.extra else CROISSANT
    count = Counter(part.resource for part in data)
    files = {part.resource: part for part in data if count[part.resource] == 1}
    tables = {
        resource.name: resource
        for resource in package.resources
        if resource.name in files and _is_plain(resource, files[resource.name])
    }
    said = described(known)
    said |= {"citeAs": _how_to_cite(known)}
    return encoded(
        {
            "@context": CONTEXT,
            "@type": "sc:Dataset",
            "conformsTo": kinds,
            **said,
            **known.extra,
            # Two tables can be made from one file.
            "distribution": list({part.address: _file(part) for part in data}.values()),
            "recordSet": [_table(resource, files[name]) for name, resource in tables.items()],
        }
    )


def _is_plain(resource: Resource, part: Part) -> bool:
    source = resource.source
    dialect, written = source.dialect, canonical.dialect_of(source)
    return (
        part.media_type in DELIMITERS
        and written.delimiter == DELIMITERS[part.media_type]
        and written.quotechar == '"'
        and not (written.escapechar or written.skipinitialspace)
        and dialect.header
        and list(dialect.header_rows) == [1]
        and not (dialect.comment_char or dialect.comment_rows or source.innerpath)
        and (resource.encoding or "utf-8").lower().replace("_", "-") in ("utf-8", "utf8")
    )


def _file(part: Part) -> dict[str, Any]:
    file = {
        "@type": "cr:FileObject",
        "@id": _file_id(part),
        "name": part.resource,
        "description": part.description,
        "contentUrl": part.address,
        "contentSize": f"{part.size} B" if part.size else "",
        "encodingFormat": part.media_type,
        "sha256": part.sha256,
    }
    return {name: value for name, value in file.items() if value}


def _table(resource: Resource, part: Part) -> dict[str, Any]:
    table = {
        "@type": "cr:RecordSet",
        "@id": _table_id(resource.name),
        "name": resource.name,
        "description": resource.description or resource.title,
    }
    if resource.primary_key:
        key = [{"@id": _column_id(resource.name, name)} for name in resource.primary_key]
        table["key"] = key[0] if len(key) == 1 else key
    table["field"] = [_column(resource, field, part) for field in resource.fields]
    return table


def _column(resource: Resource, field: Field, part: Part) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": _column_id(resource.name, field.name),
        "name": field.name,
        "description": field.description or field.title,
        "dataType": _type(resource, field),
        "source": {"fileObject": {"@id": _file_id(part)}, "extract": {"column": field.name}},
    }


def _type(resource: Resource, field: Field) -> str:
    """The type, where the cells are written as loaders expect them; else they are text."""
    source = resource.source.schema.get_field(field.name).to_descriptor()
    own = {"decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues"} & source.keys()
    if field.type == "string" and field.format == "uri":
        return "sc:URL"
    if field.format != "default" or own or set(field.blanks) - {""}:
        return "sc:Text"
    return TYPES.get(field.type, "sc:Text")


def _how_to_cite(known: About) -> str:
    """One line, of what is known: who, when, what, which version, where."""
    who = ", ".join(one.name for one in known.authors)
    year = f" ({known.created[:4]})" if known.created else ""
    version = f", version {known.version}" if known.version else ""
    where = f"https://doi.org/{known.doi}" if known.doi else known.homepage
    return f"{who}{year}{': ' if who or year else ''}{known.title}{version}. {where}".strip()


def _file_id(part: Part) -> str:
    return f"files/{quote(part.address, safe='/%')}"


def _table_id(resource: str) -> str:
    return f"tables/{quote(resource, safe='')}"


def _column_id(resource: str, field: str) -> str:
    return f"{_table_id(resource)}/{quote(field, safe='')}"
