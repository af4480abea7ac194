-- Every place's photos by topic, in the order that matters for its service: place, topic, key words, photos with their captions.
CREATE OR REPLACE VIEW photo_summary AS
WITH shown AS (
  SELECT
    place_id,
    topic,
    TRANSFORM(ARRAY_SORT(COLLECT_LIST(STRUCT(rank, uri, place_photos.caption))), photo -> STRUCT(photo.uri, photo.caption)) AS photos
  FROM place_photos JOIN photos USING (photo_id)
  WHERE verdict = 'kept'
  GROUP BY place_id, topic
)
SELECT
  places.name AS place,
  places.service,
  place_topics.rank,
  place_topics.title AS topic,
  place_topics.keywords,
  place_topics.photos AS photos_shown,
  shown.photos,
  places.place_id
FROM place_topics
JOIN places USING (place_id)
LEFT JOIN shown USING (place_id, topic)
ORDER BY place, places.place_id, place_topics.rank
