-- Every loan with names instead of ids.
SELECT
  l.loan_id AS "Loan",
  l.day AS "Day",
  coalesce(p.name, 'not known') AS "Reader",
  b.title AS "Book",
  code_label('genre', b.genre) AS "Genre",
  edtf_label(b.published) AS "Published"
FROM loans AS l
JOIN books AS b USING (book_id)
LEFT JOIN people AS p USING (person_id)
ORDER BY l.day;
