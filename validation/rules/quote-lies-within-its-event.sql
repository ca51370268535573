-- A dated quote was uttered in the time of its event.
SELECT
    'quotes' AS resource,
    quotes.rowid AS row,
    'date' AS field,
    'The quote is dated outside the time of its event, "' || events.title || '".' AS message,
    'Correct the date of the quote or its event.' AS hint
FROM quotes
JOIN events ON events.event_id = quotes.event_id
WHERE edtf_earliest(quotes.date) < events.date_earliest
    OR edtf_latest(quotes.date) > events.date_latest
