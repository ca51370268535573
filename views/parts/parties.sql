-- The parties to each commitment, by role, as people write them.
SELECT commitment_id, role, group_concat(name, ' · ') AS names
FROM (
    SELECT commitment_parties.commitment_id, commitment_parties.role, actors.name
    FROM commitment_parties
    JOIN actors USING (actor_id)
    ORDER BY commitment_parties.rowid
)
GROUP BY commitment_id, role
