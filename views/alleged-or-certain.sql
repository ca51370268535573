-- What is told as a fact, and what only as a claim, a plan, an inference or a possibility.
SELECT
    CASE WHEN told.as_fact THEN 'Told as a fact' ELSE 'Not told as a fact' END AS "How it is told",
    told.told AS "In detail",
    told.kind AS "Of what kind",
    told.what AS "What",
    CASE WHEN support.only_implied THEN 'Only implied' ELSE 'Stated' END AS "In the text",
    cited.places AS "Source",
    told.record_id AS "Record"
FROM told
LEFT JOIN support ON support.record_id = told.record_id
LEFT JOIN cited ON cited.record_id = told.record_id
ORDER BY told.as_fact, told.place, told.told, told.record_id
