-- The ties between actors, as Gephi reads edges. The weight is the number of paragraphs that tell
-- of the tie, those that contradict it left out.
SELECT
    relationships.from_id AS "Source",
    relationships.to_id AS "Target",
    CASE WHEN relationships.directed THEN 'Directed' ELSE 'Undirected' END AS "Type",
    relationships.relationship_id AS "Id",
    code_label('relationship_type', relationships.type) AS "Label",
    (
        SELECT count(*)
        FROM citations
        WHERE citations.record_id = relationships.relationship_id
            AND citations.support <> 'contradicts'
    ) AS "Weight",
    code_label('relationship_status', relationships.status) AS "Told as",
    relationships.description AS "Description"
FROM relationships
ORDER BY relationships.rowid
