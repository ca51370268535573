-- Every record is cited to at least one paragraph; a quote carries its own place.
SELECT
    _records.resource,
    _records.row,
    'This record is cited to no paragraph.' AS message,
    'Add a row to “Citations” with the record ' || _records.id || ' and the paragraph that reports it.' AS hint
FROM _records
WHERE _records.resource NOT IN ('sources', 'quotes', 'discrepancies')
    AND NOT EXISTS (SELECT 1 FROM citations WHERE citations.record_id = _records.id)
