-- What is public, counted: each picture that anyone may see has a place in the whole library, in each public gallery it
-- hangs in and in each of its tags, numbered without gaps within its shape. So one is chosen at random by a number, however
-- many there are. Kept by triggers, so that it is exact whatever changes. Runs on SQLite and on Cloudflare D1.

-- Of a picture as shown. Square is whatever differs by a twentieth at most.
ALTER TABLE images ADD COLUMN shape TEXT NOT NULL GENERATED ALWAYS AS (
	CASE WHEN 20 * abs(width - height) <= max(width, height) THEN 'square'
		WHEN width > height THEN 'landscape' ELSE 'portrait' END
) VIRTUAL;

-- `source`: a public gallery, a tag, or nothing for the whole library. `n` counts from 0 within source and shape.
CREATE TABLE public_places (
	source   TEXT NOT NULL,
	image_id TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
	shape    TEXT NOT NULL,
	n        INTEGER NOT NULL,
	PRIMARY KEY (source, image_id)
) STRICT;
CREATE UNIQUE INDEX public_places_number ON public_places (source, shape, n);
CREATE INDEX public_places_image ON public_places (image_id);

-- Whoever inserts a row here gives a picture a place, unless it has that one. What is public has one in its tags.
CREATE VIEW place_takers AS SELECT source, image_id FROM public_places;
CREATE TRIGGER place_taken INSTEAD OF INSERT ON place_takers BEGIN
	INSERT INTO public_places (source, image_id, shape, n)
	SELECT NEW.source, i.id, i.shape,
		coalesce((SELECT max(n) + 1 FROM public_places WHERE source = NEW.source AND shape = i.shape), 0)
	FROM images i
	WHERE i.id = NEW.image_id
		AND NOT EXISTS (SELECT 1 FROM public_places WHERE source = NEW.source AND image_id = NEW.image_id);
END;
CREATE TRIGGER place_published AFTER INSERT ON public_places WHEN NEW.source = '' BEGIN
	INSERT INTO public_places (source, image_id, shape, n)
	SELECT it.tag_id, NEW.image_id, NEW.shape,
		coalesce((SELECT max(n) + 1 FROM public_places WHERE source = it.tag_id AND shape = NEW.shape), 0)
	FROM image_tags it
	WHERE it.image_id = NEW.image_id;
END;

-- The last one takes the place that has become free. What is public no more leaves its tags, too.
CREATE TRIGGER place_left AFTER DELETE ON public_places BEGIN
	UPDATE public_places SET n = OLD.n
	WHERE source = OLD.source AND shape = OLD.shape AND n > OLD.n
		AND n = (SELECT max(n) FROM public_places WHERE source = OLD.source AND shape = OLD.shape);
END;
CREATE TRIGGER place_withdrawn AFTER DELETE ON public_places WHEN OLD.source = '' BEGIN
	DELETE FROM public_places WHERE image_id = OLD.image_id;
END;

-- What each change of the library means for that.
CREATE TRIGGER place_hung AFTER INSERT ON image_galleries BEGIN
	INSERT INTO place_takers
	SELECT s.value, i.id
	FROM galleries g CROSS JOIN images i ON i.id = NEW.image_id CROSS JOIN json_each(json_array('', g.id)) s
	WHERE g.id = NEW.gallery_id AND g.is_public = 1 AND i.upload_status = 'completed';
END;
CREATE TRIGGER place_taken_down AFTER DELETE ON image_galleries BEGIN
	DELETE FROM public_places WHERE source = OLD.gallery_id AND image_id = OLD.image_id;
	DELETE FROM public_places
	WHERE source = '' AND image_id = OLD.image_id
		AND NOT EXISTS (SELECT 1 FROM image_galleries ig CROSS JOIN galleries g ON g.id = ig.gallery_id
			WHERE ig.image_id = OLD.image_id AND g.is_public = 1);
END;
CREATE TRIGGER place_opened AFTER UPDATE OF is_public ON galleries WHEN NEW.is_public = 1 AND OLD.is_public = 0 BEGIN
	INSERT INTO place_takers
	SELECT s.value, i.id
	FROM image_galleries ig CROSS JOIN images i ON i.id = ig.image_id CROSS JOIN json_each(json_array('', NEW.id)) s
	WHERE ig.gallery_id = NEW.id AND i.upload_status = 'completed';
END;
CREATE TRIGGER place_closed AFTER UPDATE OF is_public ON galleries WHEN NEW.is_public = 0 AND OLD.is_public = 1 BEGIN
	DELETE FROM public_places WHERE source = NEW.id;
	DELETE FROM public_places
	WHERE source = '' AND image_id IN (SELECT ig.image_id FROM image_galleries ig
		WHERE ig.gallery_id = NEW.id
			AND NOT EXISTS (SELECT 1 FROM image_galleries o CROSS JOIN galleries g ON g.id = o.gallery_id
				WHERE o.image_id = ig.image_id AND g.is_public = 1));
END;
CREATE TRIGGER place_changed AFTER UPDATE OF upload_status, width, height ON images
WHEN NEW.upload_status <> OLD.upload_status OR NEW.shape <> OLD.shape BEGIN
	DELETE FROM public_places WHERE image_id = NEW.id;
	INSERT INTO place_takers
	SELECT s.value, NEW.id
	FROM image_galleries ig CROSS JOIN galleries g ON g.id = ig.gallery_id CROSS JOIN json_each(json_array('', g.id)) s
	WHERE ig.image_id = NEW.id AND g.is_public = 1 AND NEW.upload_status = 'completed';
END;
CREATE TRIGGER place_tagged AFTER INSERT ON image_tags BEGIN
	INSERT INTO place_takers
	SELECT NEW.tag_id, image_id FROM public_places WHERE source = '' AND image_id = NEW.image_id;
END;
CREATE TRIGGER place_untagged AFTER DELETE ON image_tags BEGIN
	DELETE FROM public_places WHERE source = OLD.tag_id AND image_id = OLD.image_id;
END;

INSERT INTO public_places (source, image_id, shape, n)
SELECT source, image_id, shape, row_number() OVER (PARTITION BY source, shape) - 1
FROM (
	SELECT ig.gallery_id AS source, i.id AS image_id, i.shape
	FROM galleries g CROSS JOIN image_galleries ig ON ig.gallery_id = g.id CROSS JOIN images i ON i.id = ig.image_id
	WHERE g.is_public = 1 AND i.upload_status = 'completed'
);
INSERT INTO public_places (source, image_id, shape, n)
SELECT '', image_id, shape, row_number() OVER (PARTITION BY shape) - 1 FROM (SELECT DISTINCT image_id, shape FROM public_places);
