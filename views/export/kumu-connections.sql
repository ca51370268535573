-- The ties between actors, as Kumu reads connections. The strength is the number of paragraphs that
-- tell of the tie, those that contradict it left out.
SELECT
    origin.name AS "From",
    goal.name AS "To",
    CASE WHEN relationships.directed THEN 'directed' ELSE 'undirected' END AS "Direction",
    code_label('relationship_type', relationships.type) AS "Type",
    relationships.description AS "Description",
    code_label('relationship_status', relationships.status) AS "Tags",
    (
        SELECT count(*)
        FROM citations
        WHERE citations.record_id = relationships.relationship_id
            AND citations.support <> 'contradicts'
    ) AS "Strength"
FROM relationships
JOIN actors AS origin ON origin.actor_id = relationships.from_id
JOIN actors AS goal ON goal.actor_id = relationships.to_id
ORDER BY relationships.rowid
