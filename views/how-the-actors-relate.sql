-- Every standing tie between two actors.
SELECT
    origin.name AS "Who",
    code_label('relationship_type', relationships.type) AS "Tie",
    goal.name AS "With or to whom",
    CASE WHEN relationships.directed THEN 'From the first to the second' ELSE 'Both ways' END AS "Direction",
    code_label('relationship_status', relationships.status) AS "Told as",
    relationships.description AS "What the articles say of it",
    edtf_label(relationships.date) AS "When",
    cited.places AS "Source",
    relationships.relationship_id AS "Record"
FROM relationships
JOIN actors AS origin ON origin.actor_id = relationships.from_id
JOIN actors AS goal ON goal.actor_id = relationships.to_id
LEFT JOIN cited ON cited.record_id = relationships.relationship_id
ORDER BY origin.name, goal.name, relationships.rowid
