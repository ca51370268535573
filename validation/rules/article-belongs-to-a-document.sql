-- An article number belongs to a document that has so many articles.
SELECT
    'commitments' AS resource,
    commitments.rowid AS row,
    'article' AS field,
    CASE
        WHEN instruments.instrument_id IS NULL THEN 'Article ' || commitments.article || ' of which document?'
        ELSE '"' || instruments.title || '" has only ' || instruments.articles || ' articles.'
    END AS message,
    'Fill in the document, or correct the number of the article.' AS hint
FROM commitments
LEFT JOIN instruments USING (instrument_id)
WHERE commitments.article IS NOT NULL
    AND (
        instruments.instrument_id IS NULL
        OR CAST(commitments.article AS INTEGER) NOT BETWEEN 1 AND coalesce(instruments.articles, 9999)
    )
