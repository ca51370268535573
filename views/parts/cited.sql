-- Where each record is reported, as people write it: "Zamir ¶20 · Town ¶15".
SELECT record_id, group_concat(place, ' · ') AS places
FROM (
    SELECT record_id, short_name || ' ' || group_concat(paragraph, ', ') AS place
    FROM (
        SELECT
            citations.record_id,
            sources.short_name,
            sources.rowid AS source_row,
            '¶' || citations.paragraph
            || CASE citations.support WHEN 'states' THEN '' ELSE ' (' || citations.support || ')' END
            AS paragraph
        FROM citations
        JOIN sources USING (source_id)
        ORDER BY citations.record_id, sources.rowid, citations.paragraph
    )
    GROUP BY record_id, source_row
    ORDER BY record_id, source_row
)
GROUP BY record_id
