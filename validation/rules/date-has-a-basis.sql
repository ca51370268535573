-- An event with a date says where the date comes from; one without a date says that none is reported.
SELECT
    'events' AS resource,
    rowid AS row,
    'date_basis' AS field,
    CASE
        WHEN date IS NULL THEN 'There is no date, yet the date basis is "' || date_basis || '".'
        ELSE 'There is a date, yet the date basis says that none is reported.'
    END AS message,
    CASE
        WHEN date IS NULL THEN 'Write not_reported, or fill in the date.'
        ELSE 'Write stated, inferred or bounded, or clear the date.'
    END AS hint
FROM events
WHERE (date IS NULL) <> (date_basis = 'not_reported')
