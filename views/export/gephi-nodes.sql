-- The actors between whom there is a tie, as Gephi reads nodes.
SELECT
    actor_id AS "Id",
    name AS "Label",
    code_label('actor_kind', kind) AS "Kind",
    description AS "Description"
FROM actors
WHERE actor_id IN (SELECT from_id FROM relationships UNION SELECT to_id FROM relationships)
ORDER BY name, actor_id
