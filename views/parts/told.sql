-- The facts of four resources, each with how the articles tell it.
SELECT 1 AS place, 'Event' AS kind, event_id AS record_id, title AS what, code_label('event_status', status) AS told,
    status = 'occurred' AS as_fact FROM events
UNION ALL
SELECT 2, 'Gift', gifts.gift_id, gifts.item || ', from ' || givers.name || ' to ' || recipients.name, 'Occurred', 1
FROM gifts
JOIN actors AS givers ON givers.actor_id = gifts.giver_id
JOIN actors AS recipients ON recipients.actor_id = gifts.recipient_id
UNION ALL
SELECT 3, 'Commitment', commitment_id, summary,
    CASE force
        WHEN 'inferred' THEN code_label('commitment_force', force)
        ELSE code_label('commitment_status', status)
    END,
    status <> 'claimed' AND force <> 'inferred' FROM commitments
UNION ALL
SELECT 4, 'Relationship', relationships.relationship_id,
    origin.name || CASE WHEN directed THEN ' to ' ELSE ' and ' END || goal.name || ': ' || relationships.description,
    code_label('relationship_status', status), status = 'asserted'
FROM relationships
JOIN actors AS origin ON origin.actor_id = relationships.from_id
JOIN actors AS goal ON goal.actor_id = relationships.to_id
