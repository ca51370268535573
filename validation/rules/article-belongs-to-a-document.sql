-- An article number belongs to a document that has so many articles.
WITH numbered AS (
    SELECT 'commitments' AS resource, rowid AS row, instrument_id, article FROM commitments
    UNION ALL SELECT 'quotes', rowid, instrument_id, article FROM quotes
)
SELECT
    numbered.resource,
    numbered.row,
    'article' AS field,
    CASE
        WHEN instruments.instrument_id IS NULL THEN 'Article ' || numbered.article || ' of which document?'
        ELSE '"' || instruments.title || '" has only ' || instruments.articles || ' articles.'
    END AS message,
    'Fill in the document, or correct the number of the article.' AS hint
FROM numbered
LEFT JOIN instruments USING (instrument_id)
WHERE numbered.article IS NOT NULL
    AND (
        instruments.instrument_id IS NULL
        OR CAST(numbered.article AS INTEGER) NOT BETWEEN 1 AND coalesce(instruments.articles, 9999)
    )
