-- How much there is of what.
SELECT
    (SELECT count(*) FROM events) AS "Events",
    (SELECT count(*) FROM quotes) AS "Quotes",
    (SELECT count(*) FROM gifts) AS "Gifts",
    (SELECT count(*) FROM commitments) AS "Commitments",
    (SELECT count(*) FROM assessments) AS "Judgements",
    (SELECT count(*) FROM discrepancies) AS "Places of disagreement",
    (SELECT count(*) FROM actors) AS "Actors",
    (SELECT count(*) FROM sources WHERE container_id IS NULL) AS "Articles"
