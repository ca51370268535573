-- Quotes by whose words they are; those of treaties and other documents are counted together.
SELECT
    CASE
        WHEN quotes.speaker_id IS NOT NULL THEN speakers.name
        WHEN quotes.instrument_id IS NOT NULL THEN 'Treaties and documents'
        ELSE 'Not reported'
    END AS "Whose words",
    count(*) AS "Quotes"
FROM quotes
LEFT JOIN actors AS speakers ON speakers.actor_id = quotes.speaker_id
GROUP BY "Whose words"
ORDER BY "Quotes" DESC, "Whose words"
