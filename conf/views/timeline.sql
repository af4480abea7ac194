-- Every event of every celebrity in order of time: who, when, what, where, and the photos shown, the cover first.
CREATE OR REPLACE VIEW timeline AS
WITH shown AS (
  SELECT
    event_id,
    TRANSFORM(ARRAY_SORT(COLLECT_LIST(STRUCT(rank, uri, event_photos.caption))), photo -> STRUCT(photo.uri, photo.caption)) AS photos
  FROM event_photos JOIN photos USING (photo_id)
  WHERE verdict = 'kept'
  GROUP BY event_id
),
dropped AS (
  SELECT event_id, MAP_FROM_ENTRIES(ARRAY_SORT(COLLECT_LIST(STRUCT(verdict, number)))) AS dropped
  FROM (SELECT event_id, verdict, COUNT(*) AS number FROM event_photos WHERE verdict <> 'kept' GROUP BY event_id, verdict)
  GROUP BY event_id
)
SELECT
  celebrities.name AS celebrity,
  events.starts_at,
  events.ends_at,
  events.title,
  events.place,
  events.upcoming,
  events.keywords,
  events.posts,
  SIZE(COALESCE(shown.photos, ARRAY())) AS photos_shown,
  shown.photos[0].uri AS cover,
  shown.photos,
  dropped.dropped,
  events.event_id
FROM events
JOIN celebrities USING (celebrity_id)
LEFT JOIN shown USING (event_id)
LEFT JOIN dropped USING (event_id)
ORDER BY celebrity, starts_at, event_id
