-- A commitment binds at least one actor.
SELECT
    'commitments' AS resource,
    commitments.rowid AS row,
    'This commitment binds nobody.' AS message,
    'Add a row to “Parties to commitments” with the role committed.' AS hint
FROM commitments
WHERE NOT EXISTS (
    SELECT 1
    FROM commitment_parties
    WHERE commitment_parties.commitment_id = commitments.commitment_id
        AND commitment_parties.role = 'committed'
)
