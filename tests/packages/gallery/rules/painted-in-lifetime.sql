-- Nobody paints before being born.
SELECT 'paintings' AS resource,
       p.rowid AS row,
       'year' AS field,
       p.title || ' is older than ' || a.name || '.' AS message,
       'Correct the year, or the date of birth.' AS hint
FROM paintings AS p
JOIN people AS a ON a.person_id = p.artist
WHERE p.year < CAST(substr(edtf_earliest(a.born), 1, 4) AS INTEGER)
