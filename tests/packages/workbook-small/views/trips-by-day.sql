SELECT trips.day AS "Day", trips.trip AS "Trip", boats.kind AS "Kind"
FROM trips LEFT JOIN boats USING (boat_id)
ORDER BY trips.day
