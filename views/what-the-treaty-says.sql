-- The treaty of 2024 article by article, as reported; articles that neither source mentions say so.
WITH RECURSIVE
treaty AS (SELECT * FROM instruments WHERE instrument_id = 'russia-dprk-treaty-2024'),
numbers (article) AS (
    SELECT 1
    UNION ALL
    SELECT numbers.article + 1
    FROM numbers, treaty
    WHERE numbers.article < treaty.articles
)
SELECT
    coalesce('Article ' || numbers.article, 'No article given') AS "Article",
    coalesce(commitments.summary, 'Not reported') AS "What it says, as reported",
    code_label('commitment_force', commitments.force) AS "On what ground",
    commitments.condition AS "On what condition",
    (
        SELECT group_concat('“' || text || '” (' || place || ')', ' · ')
        FROM (
            SELECT quotes.text, sources.short_name || ' ¶' || quotes.paragraph AS place
            FROM quotes
            JOIN sources ON sources.source_id = quotes.source_id
            WHERE quotes.instrument_id = (SELECT instrument_id FROM treaty)
                AND CAST(quotes.article AS INTEGER) = numbers.article
            ORDER BY quotes.rowid
        )
    ) AS "Words quoted from the article",
    cited.places AS "Source",
    commitments.commitment_id AS "Record"
FROM (SELECT article FROM numbers UNION ALL SELECT NULL) AS numbers
LEFT JOIN commitments
    ON commitments.instrument_id = (SELECT instrument_id FROM treaty)
    AND CAST(commitments.article AS INTEGER) IS numbers.article
LEFT JOIN cited ON cited.record_id = commitments.commitment_id
WHERE numbers.article IS NOT NULL OR commitments.commitment_id IS NOT NULL
ORDER BY numbers.article IS NULL, numbers.article, commitments.rowid
