-- Present states have an ISO code, and nobody else has one.
SELECT
    'actors' AS resource,
    rowid AS row,
    'iso3' AS field,
    CASE
        WHEN iso3 IS NULL THEN name || ' is a state without an ISO code.'
        ELSE name || ' has an ISO code but is not a present state.'
    END AS message,
    'Fill in the code of ISO 3166-1 for a present state; leave it blank for all others.' AS hint
FROM actors
WHERE (kind = 'state') <> (iso3 IS NOT NULL)
