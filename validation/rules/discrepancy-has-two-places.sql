-- A discrepancy lies between two different places, unless one paragraph disagrees with itself.
SELECT
    'discrepancies' AS resource,
    rowid AS row,
    'paragraph_b' AS field,
    'Both statements are cited to the same paragraph.' AS message,
    'Give each statement the paragraph that it stands in.' AS hint
FROM discrepancies
WHERE source_a_id = source_b_id
    AND paragraph_a = paragraph_b
    AND kind <> 'internal'
