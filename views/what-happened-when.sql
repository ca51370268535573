-- Every event in order of time. An event whose beginning is open stands at its latest day.
SELECT
    coalesce(edtf_label(events.date), 'not reported') AS "When",
    events.title AS "What happened",
    events.summary AS "What the articles say of it",
    code_label('event_status', events.status) AS "Told as",
    (
        SELECT group_concat(name, ' · ')
        FROM (
            SELECT actors.name
            FROM event_participants
            JOIN actors USING (actor_id)
            WHERE event_participants.event_id = events.event_id
                AND event_participants.role IN ('actor', 'participant', 'reporter')
            ORDER BY event_participants.rowid
        )
    ) AS "Who",
    (
        SELECT group_concat(name, ' · ')
        FROM (
            SELECT actors.name
            FROM event_participants
            JOIN actors USING (actor_id)
            WHERE event_participants.event_id = events.event_id
                AND event_participants.role IN ('recipient', 'target')
            ORDER BY event_participants.rowid
        )
    ) AS "With, for or against whom",
    places.name AS "Where",
    code_label('event_type', events.type) AS "Kind",
    code_label('event_role', events.role) AS "Bearing on the summit",
    whole.title AS "Part of",
    cited.places AS "Source",
    events.event_id AS "Record"
FROM events
LEFT JOIN places ON places.place_id = events.place_id
LEFT JOIN events AS whole ON whole.event_id = events.part_of
LEFT JOIN cited ON cited.record_id = events.event_id
ORDER BY
    coalesce(events.date_earliest, events.date_latest, '9999'),
    coalesce(events.date_latest, '9999'),
    events.rowid
