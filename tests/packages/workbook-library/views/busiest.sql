-- Reads from another view by its name.
SELECT "Reader", count(*) AS "Loans"
FROM "loans-by-person"
GROUP BY "Reader"
ORDER BY count(*) DESC, "Reader";
