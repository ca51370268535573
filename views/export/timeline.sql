-- Every dated event in the columns that TimelineJS reads. Of a date that is no whole day only the
-- parts that are known stand there; an event whose beginning is open stands at its latest day.
WITH
limits AS (
    SELECT
        event_id,
        -- "[first..last]", "first/last" or one date.
        CASE
            WHEN date LIKE '[%' THEN substr(date, 2, instr(date, '..') - 2)
            WHEN instr(date, '/') THEN substr(date, 1, instr(date, '/') - 1)
            ELSE date
        END AS first,
        CASE
            WHEN date LIKE '[%' THEN rtrim(substr(date, instr(date, '..') + 2), ']')
            WHEN instr(date, '/') THEN substr(date, instr(date, '/') + 1)
        END AS last
    FROM events
    WHERE date IS NOT NULL
),
ends AS (
    SELECT
        event_id,
        CASE WHEN first GLOB '[0-9]*' THEN first ELSE last END AS starts,
        CASE WHEN first GLOB '[0-9]*' AND last GLOB '[0-9]*' THEN last END AS stops
    FROM limits
)
SELECT
    CAST(substr(edtf_earliest(ends.starts), 1, 4) AS INTEGER) AS "Year",
    CASE
        WHEN ends.starts GLOB '????-[01][0-9]*' THEN CAST(substr(ends.starts, 6, 2) AS INTEGER)
    END AS "Month",
    CASE
        WHEN ends.starts GLOB '????-??-[0-3][0-9]*' THEN CAST(substr(ends.starts, 9, 2) AS INTEGER)
    END AS "Day",
    NULL AS "Time",
    CAST(substr(edtf_latest(ends.stops), 1, 4) AS INTEGER) AS "End Year",
    CASE
        WHEN ends.stops GLOB '????-[01][0-9]*' THEN CAST(substr(ends.stops, 6, 2) AS INTEGER)
    END AS "End Month",
    CASE
        WHEN ends.stops GLOB '????-??-[0-3][0-9]*' THEN CAST(substr(ends.stops, 9, 2) AS INTEGER)
    END AS "End Day",
    NULL AS "End Time",
    edtf_label(events.date) AS "Display Date",
    -- Headline and text are read as HTML.
    replace(replace(events.title, '&', '&amp;'), '<', '&lt;') AS "Headline",
    replace(replace(events.summary, '&', '&amp;'), '<', '&lt;')
    || ' (' || code_label('event_status', events.status) || coalesce(', ' || cited.places, '') || ')'
    AS "Text",
    NULL AS "Media",
    NULL AS "Media Credit",
    NULL AS "Media Caption",
    NULL AS "Media Thumbnail",
    NULL AS "Alt Text",
    NULL AS "Type",
    code_label('event_role', events.role) AS "Group",
    NULL AS "Background"
FROM events
JOIN ends ON ends.event_id = events.event_id
LEFT JOIN cited ON cited.record_id = events.event_id
ORDER BY coalesce(events.date_earliest, events.date_latest), events.rowid
