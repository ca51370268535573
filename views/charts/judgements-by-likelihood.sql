-- Judgements by how likely their authors call them, in the order of the code list.
SELECT codes.label AS "How likely", count(*) AS "Judgements"
FROM assessments
JOIN codes ON codes.list = 'likelihood' AND codes.code = assessments.likelihood
GROUP BY codes.code
ORDER BY codes.position
