-- A place tells of its picture what an address of it needs, so that a random choice is one read of an index. Runs on SQLite
-- and on Cloudflare D1.
ALTER TABLE public_places ADD COLUMN width INTEGER NOT NULL DEFAULT 0;
ALTER TABLE public_places ADD COLUMN height INTEGER NOT NULL DEFAULT 0;
ALTER TABLE public_places ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
UPDATE public_places SET (width, height, version) = (SELECT i.width, i.height, i.version FROM images i WHERE i.id = image_id);
DROP INDEX public_places_number;
CREATE INDEX public_places_number ON public_places (source, shape, n, image_id, width, height, version);

DROP TRIGGER place_taken;
CREATE TRIGGER place_taken INSTEAD OF INSERT ON place_takers BEGIN
	INSERT INTO public_places (source, image_id, shape, n, width, height, version)
	SELECT NEW.source, i.id, i.shape,
		coalesce((SELECT max(n) + 1 FROM public_places WHERE source = NEW.source AND shape = i.shape), 0),
		i.width, i.height, i.version
	FROM images i
	WHERE i.id = NEW.image_id
		AND NOT EXISTS (SELECT 1 FROM public_places WHERE source = NEW.source AND image_id = NEW.image_id);
END;
DROP TRIGGER place_published;
CREATE TRIGGER place_published AFTER INSERT ON public_places WHEN NEW.source = '' BEGIN
	INSERT INTO public_places (source, image_id, shape, n, width, height, version)
	SELECT it.tag_id, NEW.image_id, NEW.shape,
		coalesce((SELECT max(n) + 1 FROM public_places WHERE source = it.tag_id AND shape = NEW.shape), 0),
		NEW.width, NEW.height, NEW.version
	FROM image_tags it
	WHERE it.image_id = NEW.image_id;
END;
DROP TRIGGER place_changed;
CREATE TRIGGER place_changed AFTER UPDATE OF upload_status, width, height, version ON images
WHEN NEW.upload_status <> OLD.upload_status OR NEW.width <> OLD.width OR NEW.height <> OLD.height
	OR NEW.version <> OLD.version BEGIN
	DELETE FROM public_places WHERE image_id = NEW.id;
	INSERT INTO place_takers
	SELECT s.value, NEW.id
	FROM image_galleries ig CROSS JOIN galleries g ON g.id = ig.gallery_id CROSS JOIN json_each(json_array('', g.id)) s
	WHERE ig.image_id = NEW.id AND g.is_public = 1 AND NEW.upload_status = 'completed';
END;
