-- What was given, by whom, to whom, and on what occasion.
SELECT
    gifts.item AS "Gift",
    givers.name AS "From",
    recipients.name AS "To",
    coalesce(edtf_label(gifts.date), edtf_label(events.date)) AS "When",
    events.title AS "On what occasion",
    code_label('gift_category', gifts.category) AS "Kind",
    gifts.quantity AS "How many",
    gifts.sequence AS "Which of several",
    (
        SELECT group_concat(item, ' · ')
        FROM (
            SELECT other.item
            FROM gifts AS other
            WHERE other.exchange = gifts.exchange AND other.giver_id = gifts.recipient_id
            ORDER BY other.rowid
        )
    ) AS "Answered by",
    cited.places AS "Source",
    gifts.gift_id AS "Record"
FROM gifts
JOIN actors AS givers ON givers.actor_id = gifts.giver_id
JOIN actors AS recipients ON recipients.actor_id = gifts.recipient_id
JOIN events ON events.event_id = gifts.event_id
LEFT JOIN cited ON cited.record_id = gifts.gift_id
ORDER BY gifts.exchange IS NULL, gifts.rowid
