"""Mistakes to plant into the package `gallery`, at least one for every code of the catalogue.

Each is found at its place and told with the facts it is about (`test_planted.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE, PAINTINGS, REMARKS = "data/people.csv", "data/paintings.csv", "data/remarks.csv"
KINDS, CODES, DESCRIPTOR = "data/kinds.csv", "data/codes.csv", "datapackage.json"
RULE = "rules/painted-in-lifetime.sql"

VIEW = '{"name": "one", "path": "rules/painted-in-lifetime.sql"}'


@dataclass(frozen=True)
class Plant:
    """One mistake.

    Attributes:
        old, new: What is replaced in the file.
        at: Resource, row and field where the issue must be told.
        facts: Words that the message or the hint must name.
        level: The level wanted.
        alone: Is it the only issue then?
    """

    code: str
    file: str
    old: str
    new: str
    at: tuple[str, int, str]
    facts: tuple[str, ...] = ()
    level: str = "error"
    alone: bool = True


def kind(name: str, old: str, new: str, *facts: str) -> Plant:
    """A cell of the table `kinds` that is not of its column's kind."""
    code = {"british": "type-date", "uri": "type-string"}.get(name, f"type-{name}")
    return Plant(code, KINDS, old, new, ("kinds", 2, name), facts)


PLANTS = [
    # Cells of the wrong kind
    kind("integer", "\n7,", "\n7.5,", "7.5"),
    kind("number", ",0.5,", ",half,", "half"),
    kind("boolean", ",yes,", ",true,", "true", "yes or no"),
    kind("date", ",2024-06-19,", ",2024-02-30,", "2024-02-30", "2024-06-19"),
    kind("british", ",19/06/2024,", ",2024-06-19,", "2024-06-19", "19/06/2024"),
    kind("time", ",14:30:00,", ",half past two,", "half past two", "14:30:00"),
    kind("datetime", ",2024-06-19T14:30:00Z,", ",yesterday,", "yesterday"),
    kind("year", ",2024,2024-06,", ",MMXXIV,2024-06,", "MMXXIV"),
    kind("yearmonth", ",2024-06,", ",2024-13,", "2024-13"),
    kind("duration", ",P1Y,", ",a year,", "a year"),
    kind("geopoint", '"129.07, 42.4"', '"129.07, north"', "129.07, north"),
    kind("geojson", '""Point""', '""Dot""', "Dot"),
    kind("array", '"[1, 2]"', '"1, 2"', "1, 2"),
    kind("object", '"{""a"": 1}"', "[1]", "[1]"),
    kind("uri", "https://example.org/", "not a link", "not a link"),
    Plant("type-string", PEOPLE, "anna@example.org", "anna", ("people", 2, "email"), ("anna",)),
    # Cells that are not allowed
    Plant("required", PEOPLE, "chen,Chen", "chen,", ("people", 4, "name")),
    Plant("minLength", PEOPLE, "chen,Chen", "chen,Ch", ("people", 4, "name"), ("Ch", "3")),
    Plant("maxLength", PEOPLE, "Anna Bell", "A" * 41, ("people", 2, "name"), ("40",)),
    Plant("pattern", PEOPLE, "chen,Chen", "Chen2,Chen", ("people", 4, "person_id"), ("Chen2",)),
    Plant(
        "enum",
        PAINTINGS,
        ",oil,large,",
        ",oill,large,",
        ("paintings", 2, "kind"),
        ("oill", "Did you mean “oil”?", "ink"),
    ),
    Plant(
        "minimum", PAINTINGS, "1890", "189", ("paintings", 3, "year"), ("189", "1000"), alone=False
    ),
    Plant("maximum", PAINTINGS, "1890", "18900", ("paintings", 3, "year"), ("18900", "2100")),
    Plant("exclusiveMinimum", PAINTINGS, ",80,", ",0,", ("paintings", 3, "price"), ("0",)),
    Plant("exclusiveMaximum", PAINTINGS, ",80,", ",1000,", ("paintings", 3, "price"), ("1000",)),
    Plant("category", PAINTINGS, ",torn,", ",tron,", ("paintings", 3, "state"), ("tron", "torn")),
    Plant("unique", PAINTINGS, "I-2", "I-1", ("paintings", 3, "inventory"), ("I-1", "row 2")),
    # Keys
    Plant("unique-key", PAINTINGS, "A,2", "A,1", ("paintings", 3, "room"), ("“A”, “1”", "row 2")),
    Plant(
        "key-twice",
        CODES,
        "sizes,small",
        "sizes,large",
        ("codes", 5, "list"),
        ("row 4",),
        alone=False,
    ),
    Plant("key-blank", REMARKS, "storm,2,Sold", ",,Sold", ("remarks", 4, "about"), ("number",)),
    Plant(
        "reference",
        PAINTINGS,
        'finished",bruno',
        'finished",brunno',
        ("paintings", 3, "artist"),
        ("brunno", "people", "Did you mean “bruno”?", "data/people.csv"),
    ),
    Plant(
        "reference-table",
        DESCRIPTOR,
        '"reference": {"resource": "people"',
        '"reference": {"resource": "peopel"',
        ("paintings", 0, ""),
        ("artist", "peopel", "Did you mean “people”?"),
    ),
    Plant(
        "reference-column",
        DESCRIPTOR,
        '"people", "fields": ["person_id"]',
        '"people", "fields": ["person"]',
        ("paintings", 0, ""),
        ("artist", "person", "person_id"),
    ),
    Plant(
        "reference-unread",
        PEOPLE,
        "person_id,name",
        "person_id,title",
        ("people", 0, ""),
        ("people",),
        level="warning",
        alone=False,
    ),
    # Rows
    Plant("row-blank", REMARKS, "storm,2,Sold", ",,", ("remarks", 4, "")),
    Plant(
        "row-long", REMARKS, "storm,2,Sold", "storm,2,Sold, again", ("remarks", 4, ""), ("again",)
    ),
    Plant("row-short", REMARKS, "storm,2,Sold", "storm,2", ("remarks", 4, ""), ("text",)),
    # The header
    Plant(
        "header-missing",
        REMARKS,
        "about,number,text",
        "about,number",
        ("remarks", 1, ""),
        ("text",),
        alone=False,
    ),
    Plant(
        "header-extra",
        REMARKS,
        ",text\n",
        ",text,more\n",
        ("remarks", 1, ""),
        ("more",),
        alone=False,
    ),
    Plant(
        "header-misspelt",
        REMARKS,
        ",text\n",
        ",texts\n",
        ("remarks", 1, ""),
        ("texts", "text"),
        alone=False,
    ),
    Plant(
        "header-duplicate",
        REMARKS,
        ",number,",
        ",about,",
        ("remarks", 1, ""),
        ("about", "2 times"),
        alone=False,
    ),
    Plant("header-blank", REMARKS, ",number,", ",,", ("remarks", 1, ""), ("2",), alone=False),
    Plant(
        "header-order",
        REMARKS,
        "about,number",
        "number,about",
        ("remarks", 1, ""),
        ("about",),
        alone=False,
    ),
    Plant(
        "header-wrong",
        REMARKS,
        "about,number,text\n",
        "",
        ("remarks", 1, ""),
        ("anna", "about"),
        alone=False,
    ),
    Plant(
        "header-rows-unread",
        REMARKS,
        "about,number",
        "number,about",
        ("remarks", 0, ""),
        level="warning",
        alone=False,
    ),
    # Files
    Plant(
        "file-missing",
        DESCRIPTOR,
        "data/codes.csv",
        "data/code.csv",
        ("codes", 0, ""),
        ("data/code.csv", "codes.csv"),
        alone=False,
    ),
    Plant("file-is-folder", DESCRIPTOR, "licence.txt", "data", ("licence", 0, ""), ("data",)),
    Plant(
        "file-unreadable",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"data/codes.csv", "compression": "zip",',
        ("codes", 0, ""),
        ("codes",),
        alone=False,
    ),
    Plant(
        "file-encoding-unknown",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"data/codes.csv", "encoding": "klingon",',
        ("codes", 0, ""),
        ("klingon",),
        alone=False,
    ),
    Plant(
        "file-reader",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"data/codes.csv", "format": "parquet",',
        ("codes", 0, ""),
        ("frictionless[parquet]",),
        alone=False,
    ),
    Plant(
        "file-remote",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"http://127.0.0.1:9/codes.csv",',
        ("codes", 0, ""),
        ("127.0.0.1",),
        alone=False,
    ),
    Plant("file-bytes", DESCRIPTOR, '"bytes": 14', '"bytes": 15', ("licence", 0, ""), ("14", "15")),
    Plant(
        "file-bytes",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"data/codes.csv", "bytes": 9,',
        ("codes", 0, ""),
        ("9",),
    ),
    Plant("file-hash", DESCRIPTOR, "sha256:", "sha256:0", ("licence", 0, ""), ("fingerprint",)),
    Plant(
        "file-hash",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"data/codes.csv", "hash": "00",',
        ("codes", 0, ""),
        ("00",),
    ),
    Plant(
        "file-rows",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"data/codes.csv", "rows": 9,',
        ("codes", 0, ""),
        ("4", "9"),
    ),
    Plant(
        "file-fields",
        DESCRIPTOR,
        '"data/codes.csv",',
        '"data/codes.csv", "fields": 9,',
        ("codes", 0, ""),
        ("3", "9"),
    ),
    # Untidiness
    Plant(
        "untidy-space",
        REMARKS,
        "Sold",
        "Sold ",
        ("remarks", 4, "text"),
        ("Sold ",),
        level="warning",
    ),
    Plant(
        "untidy-character",
        REMARKS,
        "Sold",
        "So\u200bld",
        ("remarks", 4, "text"),
        ("U+200B",),
        level="warning",
    ),
    Plant(
        "untidy-formula",
        REMARKS,
        "Sold",
        "=Sold()",
        ("remarks", 4, "text"),
        ("=Sold()",),
        level="warning",
    ),
    Plant(
        "untidy-file", REMARKS, "Sold", '"Sold"', ("remarks", 0, ""), ("format",), level="warning"
    ),
    Plant(
        "untidy-quotes",
        REMARKS,
        "Framed in 1891",
        '"Framed" in 1891',
        ("remarks", 3, ""),
        level="warning",
    ),
    # The settings
    Plant(
        "codes-list",
        DESCRIPTOR,
        '"codes": "sizes"',
        '"codes": "size"',
        ("paintings", 0, "size"),
        ("size", "Did you mean “sizes”?"),
    ),
    Plant(
        "codes-enum",
        DESCRIPTOR,
        '["oil", "ink"]',
        '["oil", "ink", "chalk"]',
        ("paintings", 0, "kind"),
        ("chalk", "kinds"),
    ),
    Plant(
        "codes-missing",
        CODES,
        "kinds,ink",
        "kinds,ink,Ink\nkinds,chalk",
        ("codes", 4, ""),
        ("chalk", "paintings", "kind"),
    ),
    Plant(
        "codes-value",
        PAINTINGS,
        ",small,1890",
        ",smal,1890",
        ("paintings", 3, "size"),
        ("smal", "Did you mean “small”?"),
    ),
    Plant("edtf", PEOPLE, "1870/1880", "c. 1875", ("people", 2, "seen"), ("c. 1875",)),
    Plant("edtf-reversed", PEOPLE, "1870/1880", "1880/1870", ("people", 2, "seen"), ("1880/1870",)),
    Plant(
        "edtf-bound-missing",
        PEOPLE,
        "1850-05-31",
        "",
        ("people", 2, "born_latest"),
        ("1850-05", "1850-05-31"),
    ),
    Plant(
        "edtf-outside",
        PEOPLE,
        "1850-05-31",
        "1850-06-01",
        ("people", 2, "born_latest"),
        ("1850-06-01", "1850-05-31"),
    ),
    Plant(
        "edtf-order",
        PEOPLE,
        "1841-01-01,1849-12-31",
        "1845-01-01,1844-12-31",
        ("people", 3, "born_earliest"),
        ("1845-01-01", "1844-12-31"),
    ),
    Plant(
        "id-twice",
        PAINTINGS,
        "cat,Cat",
        "chen,Cat",
        ("paintings", 4, "painting_id"),
        ("chen", "people", "row 4"),
    ),
    Plant(
        "any-id",
        REMARKS,
        "storm,2",
        "strom,2",
        ("remarks", 4, "about"),
        ("strom", "Did you mean “storm”?"),
    ),
    Plant(
        "rule",
        PAINTINGS,
        "1875",
        "1849",
        ("paintings", 2, "year"),
        ("The harbour is older than Anna Bell", "painted-in-lifetime", "date of birth"),
    ),
    Plant(
        "rule-columns",
        RULE,
        "AS message",
        "AS words",
        ("", 0, ""),
        ("painted-in-lifetime", "message", "words"),
    ),
    Plant(
        "rules-skipped",
        REMARKS,
        "about,number",
        "number,about",
        ("", 0, ""),
        ("rules",),
        level="warning",
        alone=False,
    ),
    Plant(
        "sql", RULE, "SELECT", "SELECT nothing,", ("", 0, ""), ("painted-in-lifetime", "nothing")
    ),
    # The descriptor itself: nothing else can be checked then
    Plant(
        "descriptor-syntax",
        DESCRIPTOR,
        '"name": "gallery",',
        '"name": "gallery"',
        ("", 0, ""),
        ("line 4",),
    ),
    Plant(
        "descriptor-invalid",
        DESCRIPTOR,
        '"name": "price", "type": "number"',
        '"name": "price", "type": "money"',
        ("paintings", 0, "price"),
        ("money",),
    ),
    Plant(
        "descriptor-invalid",
        DESCRIPTOR,
        '"primaryKey": ["painting_id"]',
        '"primaryKey": ["painting"]',
        ("paintings", 0, ""),
        ("painting",),
    ),
    Plant(
        "descriptor-invalid",
        DESCRIPTOR,
        '"data/codes.csv"',
        '"../codes.csv"',
        ("codes", 0, ""),
        ("../codes.csv",),
    ),
    Plant("descriptor-invalid", DESCRIPTOR, '"A small gallery"', "7", ("", 0, ""), ("title",)),
    Plant(
        "descriptor-part",
        DESCRIPTOR,
        '{"delimiter": ","},\n      "sheetpack": {"group": "reference"}',
        '"nowhere.json"',
        ("codes", 0, ""),
        ("nowhere.json",),
    ),
    Plant(
        "descriptor-limit", DESCRIPTOR, "[a-z-]+", "[a-z-", ("people", 0, "person_id"), ("[a-z-",)
    ),
    Plant(
        "descriptor-limit",
        DESCRIPTOR,
        '"minimum": 1000',
        '"minimum": "old"',
        ("paintings", 0, "year"),
        ("minimum", "old"),
    ),
    Plant(
        "descriptor-categories",
        DESCRIPTOR,
        '["whole", "torn"]',
        '"whole"',
        ("paintings", 0, "state"),
    ),
    Plant(
        "descriptor-unique-keys",
        DESCRIPTOR,
        '[["room", "place"]]',
        '["room"]',
        ("paintings", 0, ""),
    ),
    Plant(
        "descriptor-unique-field",
        DESCRIPTOR,
        '[["room", "place"]]',
        '[["rom"]]',
        ("paintings", 0, ""),
        ("rom", "Did you mean “room”?"),
    ),
    Plant(
        "setting-unknown",
        DESCRIPTOR,
        '"rules": "rules"',
        '"rule": "rules"',
        ("", 0, ""),
        ("sheetpack.rule", "Did you mean “rules”?", "strict"),
    ),
    Plant(
        "setting-kind",
        DESCRIPTOR,
        '"anyId": true',
        '"anyId": "yes"',
        ("remarks", 0, "about"),
        ("sheetpack.anyId", "true or false"),
    ),
    Plant("setting-kind", DESCRIPTOR, '{"group": "reference"}', "7", ("codes", 0, ""), ("braces",)),
    Plant(
        "setting-missing",
        DESCRIPTOR,
        ', "latest": "born_latest"',
        "",
        ("people", 0, "born"),
        ("sheetpack.edtf.latest",),
    ),
    Plant(
        "setting-value",
        DESCRIPTOR,
        '"reference"}',
        '"references"}',
        ("codes", 0, ""),
        ("references", "Did you mean “reference”?"),
    ),
    Plant(
        "setting-value",
        DESCRIPTOR,
        '"label": "title"',
        '"label": "titel"',
        ("paintings", 0, ""),
        ("titel", "Did you mean “title”?"),
    ),
    Plant(
        "setting-value",
        DESCRIPTOR,
        '"resource": "codes"',
        '"resource": "code"',
        ("", 0, ""),
        ("sheetpack.codes.resource", "codes"),
    ),
    Plant(
        "setting-file",
        DESCRIPTOR,
        '"rules": "rules"',
        '"rules": "ruless"',
        ("", 0, ""),
        ("folder", "ruless"),
    ),
    Plant(
        "setting-file",
        DESCRIPTOR,
        '"rules": "rules"',
        '"views": [{"name": "a", "path": "a.sql"}]',
        ("", 0, ""),
        ("file", "a.sql"),
    ),
    Plant(
        "setting-outside",
        DESCRIPTOR,
        '"rules": "rules"',
        '"rules": "../rules"',
        ("", 0, ""),
        ("../rules",),
    ),
    Plant(
        "setting-twice",
        DESCRIPTOR,
        '"rules": "rules"',
        f'"views": [{VIEW}, {VIEW}]',
        ("", 0, ""),
        ("one",),
    ),
    Plant(
        "setting-codes",
        DESCRIPTOR,
        '"codes": {"resource": "codes", "list": "list", "code": "code", "label": "label"}',
        '"strict": false',
        ("paintings", 0, "kind"),
        ("sheetpack.codes",),
        alone=False,
    ),
    Plant(
        "setting-shared-ids",
        DESCRIPTOR,
        '{"group": "reference"}',
        '{"sharedIds": true}',
        ("codes", 0, ""),
    ),
]
