-- Every commitment, from the firmest to the loosest.
SELECT
    committed.names AS "Who",
    commitments.summary AS "What",
    beneficiary.names AS "To whom",
    target.names AS "Against whom",
    code_label('commitment_force', commitments.force) AS "How firmly",
    commitments.condition AS "On what condition",
    code_label('commitment_status', commitments.status) AS "How it stands",
    instruments.title AS "In which document",
    commitments.article AS "Article",
    code_label('commitment_type', commitments.type) AS "Kind",
    coalesce(edtf_label(commitments.date), edtf_label(events.date)) AS "When",
    cited.places AS "Source",
    commitments.commitment_id AS "Record"
FROM commitments
LEFT JOIN parties AS committed
    ON committed.commitment_id = commitments.commitment_id AND committed.role = 'committed'
LEFT JOIN parties AS beneficiary
    ON beneficiary.commitment_id = commitments.commitment_id AND beneficiary.role = 'beneficiary'
LEFT JOIN parties AS target
    ON target.commitment_id = commitments.commitment_id AND target.role = 'target'
LEFT JOIN instruments ON instruments.instrument_id = commitments.instrument_id
LEFT JOIN events ON events.event_id = commitments.event_id
LEFT JOIN cited ON cited.record_id = commitments.commitment_id
LEFT JOIN codes ON codes.list = 'commitment_force' AND codes.code = commitments.force
ORDER BY codes.position, instruments.rowid, commitments.rowid
