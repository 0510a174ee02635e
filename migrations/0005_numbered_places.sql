-- A random choice reads the picture's id from the index of numbers, and nothing else of the table. Runs on SQLite and on
-- Cloudflare D1.
DROP INDEX public_places_number;
CREATE INDEX public_places_number ON public_places (source, shape, n, image_id);
