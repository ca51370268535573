-- How many articles and voices stand behind each record.
-- Whoever writes in one article and is quoted in the other is one voice. Groups that the texts
-- don't name are counted apart: nobody can say whether they are independent.
SELECT
    citations.record_id,
    count(DISTINCT CASE WHEN citations.support <> 'contradicts' THEN coalesce(sources.container_id, sources.source_id) END) AS articles,
    count(DISTINCT CASE WHEN citations.support <> 'contradicts' AND voices.named THEN voices.actor_id END) AS named_voices,
    count(DISTINCT CASE WHEN citations.support <> 'contradicts' AND NOT voices.named THEN voices.actor_id END) AS unnamed_voices,
    min(CASE WHEN citations.support <> 'contradicts' THEN citations.support = 'implies' END) AS only_implied,
    group_concat(
        CASE WHEN citations.support = 'contradicts' THEN sources.short_name || ' ¶' || citations.paragraph END,
        ' · '
    ) AS contradicted_in,
    (
        SELECT group_concat(topic, ' · ')
        FROM (
            SELECT topic
            FROM discrepancies
            WHERE record_a_id = citations.record_id OR record_b_id = citations.record_id
            ORDER BY discrepancies.rowid
        )
    ) AS disputed
FROM (SELECT * FROM citations ORDER BY rowid) AS citations
JOIN sources USING (source_id)
JOIN actors AS voices ON voices.actor_id = citations.voice_id
GROUP BY citations.record_id
