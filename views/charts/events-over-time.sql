-- Events by the time in which they lie as a whole; those whose limits are wider come last.
WITH
summit AS (
    SELECT date_earliest AS first_day, date_latest AS last_day
    FROM events
    WHERE event_id = 'putin-visits-pyongyang-2024'
),
periods (place, name) AS (
    VALUES
        (1, 'Before 2022'),
        (2, '2022 and 2023'),
        (3, 'January to May 2024'),
        (4, 'June 2024, before the visit'),
        (5, 'The day of the visit'),
        (6, 'That day or later'),
        (7, 'Only known within wider limits')
),
dated AS (
    SELECT
        CASE
            WHEN date_latest < '2022-01-01' THEN 1
            WHEN date_earliest >= '2022-01-01' AND date_latest < '2024-01-01' THEN 2
            WHEN date_earliest >= '2024-01-01' AND date_latest < '2024-06-01' THEN 3
            WHEN date_earliest >= '2024-06-01' AND date_latest < summit.first_day THEN 4
            WHEN date_earliest >= summit.first_day AND date_latest <= summit.last_day THEN 5
            WHEN date_earliest >= summit.first_day AND date_latest IS NOT NULL THEN 6
            ELSE 7
        END AS place
    FROM events
    CROSS JOIN summit
)
SELECT periods.name AS "When", count(dated.place) AS "Events"
FROM periods
LEFT JOIN dated USING (place)
GROUP BY periods.place
ORDER BY periods.place
