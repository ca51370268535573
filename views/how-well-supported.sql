-- For each event, gift, commitment and relationship: how many articles and voices report it.
SELECT
    told.kind AS "Of what kind",
    told.what AS "What",
    told.told AS "Told as",
    support.articles AS "Articles",
    support.named_voices AS "Independent voices",
    support.unnamed_voices AS "Unnamed voices",
    CASE WHEN support.only_implied THEN 'Yes' ELSE 'No' END AS "Only implied",
    coalesce('In ' || support.contradicted_in, 'No') AS "Contradicted",
    coalesce(support.disputed, 'None') AS "Disagreement",
    cited.places AS "Source",
    told.record_id AS "Record"
FROM told
LEFT JOIN support ON support.record_id = told.record_id
LEFT JOIN cited ON cited.record_id = told.record_id
ORDER BY support.articles DESC, support.named_voices DESC, told.place, told.record_id
