-- Every discrepancy, the gravest first.
SELECT
    discrepancies.topic AS "About what",
    a.short_name || ' ¶' || discrepancies.paragraph_a AS "Place A",
    discrepancies.statement_a AS "What A says",
    b.short_name || ' ¶' || discrepancies.paragraph_b AS "Place B",
    discrepancies.statement_b AS "What B says",
    code_label('severity', discrepancies.severity) AS "How grave",
    code_label('resolution', discrepancies.resolution) AS "Settled?",
    discrepancies.explanation AS "How it may have come about",
    code_label('discrepancy_kind', discrepancies.kind) AS "Kind",
    discrepancies.discrepancy_id AS "Record"
FROM discrepancies
JOIN sources AS a ON a.source_id = discrepancies.source_a_id
JOIN sources AS b ON b.source_id = discrepancies.source_b_id
LEFT JOIN codes ON codes.list = 'severity' AND codes.code = discrepancies.severity
ORDER BY codes.position, discrepancies.rowid
