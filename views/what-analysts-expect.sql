-- Every judgement, assessor by assessor, in the order in which it is made.
SELECT
    assessors.name AS "Who judges",
    assessments.statement AS "What they judge",
    code_label('assessment_kind', assessments.kind) AS "Kind",
    code_label('likelihood', assessments.likelihood) AS "How likely",
    assessments.hedge AS "Words of caution in the text",
    assessments.condition AS "On what condition",
    subjects.name AS "About",
    cited.places AS "Source",
    assessments.assessment_id AS "Record"
FROM assessments
JOIN actors AS assessors ON assessors.actor_id = assessments.assessor_id
LEFT JOIN actors AS subjects ON subjects.actor_id = assessments.subject_id
LEFT JOIN cited ON cited.record_id = assessments.assessment_id
ORDER BY NOT assessors.named, assessors.name, assessments.rowid
