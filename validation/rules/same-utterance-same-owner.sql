-- Two renderings of one utterance have the same speaker or the same document.
SELECT
    'quotes' AS resource,
    a.rowid AS row,
    'same_utterance_as' AS field,
    'This quote and "' || b.text || '" are given to different speakers or documents.' AS message,
    'Clear Same utterance as, or correct whose words they are.' AS hint
FROM quotes AS a
JOIN quotes AS b ON b.quote_id = a.same_utterance_as
WHERE a.speaker_id IS NOT b.speaker_id
    OR a.instrument_id IS NOT b.instrument_id
    OR a.quote_id = b.quote_id
