-- No event is a part of itself, directly or through others.
WITH RECURSIVE above (start, event_id) AS (
    SELECT event_id, part_of FROM events WHERE part_of IS NOT NULL
    UNION
    SELECT above.start, events.part_of
    FROM above
    JOIN events ON events.event_id = above.event_id
    WHERE events.part_of IS NOT NULL
)
SELECT
    'events' AS resource,
    events.rowid AS row,
    'part_of' AS field,
    'This event is a part of itself.' AS message,
    'Leave Part of blank for the outermost event.' AS hint
FROM above
JOIN events ON events.event_id = above.start
WHERE above.start = above.event_id
