-- Words belong to a speaker, or else to a document; unnamed speakers may stay blank.
SELECT
    'quotes' AS resource,
    rowid AS row,
    CASE WHEN attribution = 'document' THEN 'instrument_id' ELSE 'speaker_id' END AS field,
    CASE
        WHEN attribution = 'document' THEN 'Words of a document must name the document and no speaker.'
        ELSE 'The attribution is "' || attribution || '", so the words need a speaker and no document.'
    END AS message,
    'Fill in whose words they are, or correct the attribution.' AS hint
FROM quotes
WHERE CASE attribution
    WHEN 'document' THEN instrument_id IS NULL OR speaker_id IS NOT NULL
    WHEN 'unnamed' THEN instrument_id IS NOT NULL
    ELSE speaker_id IS NULL OR instrument_id IS NOT NULL
END
