-- The name a picture's short links have. Runs on SQLite and on Cloudflare D1.
ALTER TABLE images ADD COLUMN short TEXT;
UPDATE images SET short = lower(hex(randomblob(6)));
CREATE UNIQUE INDEX images_short ON images (short);
