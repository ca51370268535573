-- How many ties lead from whom to whom, between the six states that most of them concern.
WITH
states (place, actor_id) AS (
    VALUES
        (1, 'russia'), (2, 'north-korea'), (3, 'china'),
        (4, 'south-korea'), (5, 'japan'), (6, 'united-states')
),
ties AS (
    SELECT from_id AS origin, to_id AS goal FROM relationships
    UNION ALL
    SELECT to_id, from_id FROM relationships WHERE NOT directed
)
SELECT
    actors.name AS "From",
    CASE WHEN actors.actor_id <> 'russia' THEN sum(coalesce(goal = 'russia', 0)) END AS "To Russia",
    CASE WHEN actors.actor_id <> 'north-korea' THEN sum(coalesce(goal = 'north-korea', 0)) END AS "To North Korea",
    CASE WHEN actors.actor_id <> 'china' THEN sum(coalesce(goal = 'china', 0)) END AS "To China",
    CASE WHEN actors.actor_id <> 'south-korea' THEN sum(coalesce(goal = 'south-korea', 0)) END AS "To South Korea",
    CASE WHEN actors.actor_id <> 'japan' THEN sum(coalesce(goal = 'japan', 0)) END AS "To Japan",
    CASE WHEN actors.actor_id <> 'united-states' THEN sum(coalesce(goal = 'united-states', 0)) END AS "To United States"
FROM states
JOIN actors USING (actor_id)
LEFT JOIN ties ON ties.origin = states.actor_id
GROUP BY states.place
ORDER BY states.place
