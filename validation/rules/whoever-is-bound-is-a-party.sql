-- A clause of a document binds only the parties to that document.
SELECT
    'commitment_parties' AS resource,
    commitment_parties.rowid AS row,
    'actor_id' AS field,
    actors.name || ' is bound by a clause of "' || instruments.title || '" without being a party to it.' AS message,
    'Add the party to “Parties to documents”, or correct the actor or the document.' AS hint
FROM commitment_parties
JOIN commitments USING (commitment_id)
JOIN instruments USING (instrument_id)
JOIN actors ON actors.actor_id = commitment_parties.actor_id
WHERE commitment_parties.role = 'committed'
    AND NOT EXISTS (
        SELECT 1
        FROM instrument_parties
        WHERE instrument_parties.instrument_id = commitments.instrument_id
            AND instrument_parties.actor_id = commitment_parties.actor_id
    )
