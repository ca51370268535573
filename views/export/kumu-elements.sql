-- The actors between whom there is a tie, as Kumu reads elements.
SELECT
    name AS "Label",
    code_label('actor_kind', kind) AS "Type",
    description AS "Description",
    CASE WHEN named THEN 'named' ELSE 'unnamed' END AS "Tags"
FROM actors
WHERE actor_id IN (SELECT from_id FROM relationships UNION SELECT to_id FROM relationships)
ORDER BY name, actor_id
