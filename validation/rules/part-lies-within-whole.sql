-- An event that is part of another does not reach beyond it in time.
SELECT
    'events' AS resource,
    part.rowid AS row,
    'date' AS field,
    'This event reaches beyond "' || whole.title || '", of which it is a part.' AS message,
    'Correct the dates of one of the two, or what it is a part of.' AS hint
FROM events AS part
JOIN events AS whole ON whole.event_id = part.part_of
WHERE part.date_earliest < whole.date_earliest
    OR part.date_latest > whole.date_latest
