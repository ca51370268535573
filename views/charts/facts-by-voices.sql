-- Events, gifts, commitments and relationships by how many independent voices report them.
WITH
counts (voices, name) AS (
    VALUES (0, 'Unnamed voices only'), (1, 'One voice'), (2, 'Two'), (3, 'Three'), (4, 'Four or more')
),
facts AS (
    SELECT min(coalesce(support.named_voices, 0), 4) AS voices
    FROM told
    LEFT JOIN support USING (record_id)
)
SELECT counts.name AS "Independent voices", count(facts.voices) AS "Facts"
FROM counts
LEFT JOIN facts USING (voices)
GROUP BY counts.voices
ORDER BY counts.voices
