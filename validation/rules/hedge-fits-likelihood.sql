-- A likelihood short of "stated flatly" rests on a hedge of the text, "conditional" on a condition.
SELECT
    'assessments' AS resource,
    rowid AS row,
    CASE WHEN likelihood = 'conditional' THEN 'condition' ELSE 'hedge' END AS field,
    CASE
        WHEN likelihood = 'conditional' THEN 'The judgement is conditional, but no condition is given.'
        ELSE 'The likelihood is "' || likelihood || '", but no word of the text is given for it.'
    END AS message,
    'Fill it in from the text, or correct the likelihood.' AS hint
FROM assessments
WHERE (likelihood = 'conditional' AND condition IS NULL)
    OR (likelihood NOT IN ('conditional', 'stated_flatly') AND hedge IS NULL)
