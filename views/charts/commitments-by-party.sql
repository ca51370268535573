-- Commitments by who is committed and on what ground. One of two parties counts for each of them.
SELECT
    actors.name AS "Who",
    sum(commitments.force = 'treaty_obligation') AS "Bound by treaty",
    sum(commitments.force NOT IN ('treaty_obligation', 'inferred')) AS "Announced or planned",
    sum(commitments.force = 'inferred') AS "Inferred by the author"
FROM commitments
JOIN commitment_parties USING (commitment_id)
JOIN actors USING (actor_id)
WHERE commitment_parties.role = 'committed'
GROUP BY actors.actor_id
ORDER BY count(*) DESC, actors.name
