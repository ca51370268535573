-- Every paragraph that is cited lies in the source that it is cited from.
WITH cited AS (
    SELECT 'citations' AS resource, rowid AS row, 'paragraph' AS field, source_id, paragraph FROM citations
    UNION ALL SELECT 'quotes', rowid, 'paragraph', source_id, paragraph FROM quotes
    UNION ALL SELECT 'actor_names', rowid, 'paragraph', source_id, paragraph FROM actor_names
    UNION ALL SELECT 'instrument_names', rowid, 'paragraph', source_id, paragraph FROM instrument_names
    UNION ALL SELECT 'discrepancies', rowid, 'paragraph_a', source_a_id, paragraph_a FROM discrepancies
    UNION ALL SELECT 'discrepancies', rowid, 'paragraph_b', source_b_id, paragraph_b FROM discrepancies
)
SELECT
    cited.resource,
    cited.row,
    cited.field,
    sources.short_name || ' has no paragraph ' || cited.paragraph || '.' AS message,
    'Give a number from ' || sources.first_paragraph || ' to ' || sources.last_paragraph
    || ', or another source.' AS hint
FROM cited
JOIN sources USING (source_id)
WHERE cited.paragraph NOT BETWEEN sources.first_paragraph AND sources.last_paragraph
