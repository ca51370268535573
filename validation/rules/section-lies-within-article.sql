-- A section is part of an article and its paragraphs lie within those of the article.
SELECT
    'sources' AS resource,
    part.rowid AS row,
    CASE WHEN whole.source_id IS NULL THEN 'container_id' ELSE 'first_paragraph' END AS field,
    CASE
        WHEN whole.source_id IS NULL THEN 'A section needs the article that it is a part of.'
        ELSE 'Paragraphs ' || part.first_paragraph || ' to ' || part.last_paragraph
            || ' do not lie within those of ' || whole.short_name || '.'
    END AS message,
    CASE
        WHEN whole.source_id IS NULL THEN 'Fill in the article under Part of.'
        ELSE 'Keep them between ' || whole.first_paragraph || ' and ' || whole.last_paragraph
            || ', the first not after the last.'
    END AS hint
FROM sources AS part
LEFT JOIN sources AS whole ON whole.source_id = part.container_id
WHERE (part.kind = 'section' AND whole.source_id IS NULL)
    OR part.first_paragraph < whole.first_paragraph
    OR part.last_paragraph > whole.last_paragraph
    OR part.first_paragraph > part.last_paragraph
