-- What decides how a picture is served, and what its owner lets others keep of it. Runs on SQLite and on Cloudflare D1.

-- `has_alpha`: it may have transparent pixels. `frames`: more than one if it moves.
ALTER TABLE images ADD COLUMN has_alpha INTEGER NOT NULL DEFAULT 0 CHECK (has_alpha IN (0, 1));
ALTER TABLE images ADD COLUMN frames INTEGER NOT NULL DEFAULT 1;

-- What others may download of a member's pictures: nothing, the file without metadata, or the file as it is.
ALTER TABLE users ADD COLUMN downloads TEXT NOT NULL DEFAULT 'stripped' CHECK (downloads IN ('none', 'stripped', 'whole'));
