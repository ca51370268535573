-- Every quotation, speaker by speaker; the words of documents and the authors' own terms come last.
SELECT
    coalesce(speakers.name, instruments.title, 'not reported') AS "Whose words",
    quotes.text AS "Words",
    code_label('quote_kind', quotes.kind) AS "Kind",
    code_label('attribution', quotes.attribution) AS "How attributed",
    reporters.name AS "Reported by",
    coalesce(edtf_label(quotes.date), edtf_label(events.date)) AS "When",
    events.title AS "On what occasion",
    other.text AS "Also rendered as",
    sources.short_name || ' ¶' || quotes.paragraph AS "Source",
    quotes.quote_id AS "Record"
FROM quotes
JOIN sources ON sources.source_id = quotes.source_id
LEFT JOIN actors AS speakers ON speakers.actor_id = quotes.speaker_id
LEFT JOIN actors AS reporters ON reporters.actor_id = quotes.reported_by_id
LEFT JOIN instruments ON instruments.instrument_id = quotes.instrument_id
LEFT JOIN events ON events.event_id = quotes.event_id
LEFT JOIN quotes AS other ON other.quote_id = quotes.same_utterance_as
ORDER BY
    quotes.attribution = 'author',
    quotes.speaker_id IS NULL,
    "Whose words",
    sources.rowid,
    quotes.paragraph,
    quotes.rowid
