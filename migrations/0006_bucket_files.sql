-- What people put into the bucket with programs of their own: folders, what lies in them, and what such programs sign
-- with. Runs on SQLite and on Cloudflare D1.

-- Whose pictures the files are whose keys begin so. No folder lies in another.
CREATE TABLE folders (
	path       TEXT PRIMARY KEY,
	user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	galleries  TEXT NOT NULL DEFAULT 'each' CHECK (galleries IN ('none', 'one', 'each')),
	is_public  INTEGER NOT NULL DEFAULT 0 CHECK (is_public IN (0, 1)),
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX folders_user ON folders (user_id, created_at);

-- Which gallery was made for a folder, or for one in it.
CREATE TABLE folder_galleries (
	path       TEXT PRIMARY KEY,
	gallery_id TEXT NOT NULL UNIQUE REFERENCES galleries (id) ON DELETE CASCADE
) STRICT;

-- Every file of every folder. `image_id`: the picture that it is; `refusal`: why it is none. `look_at`: when its bytes
-- are to be looked at, as they are new or others than before.
CREATE TABLE bucket_files (
	object_key TEXT PRIMARY KEY,
	folder     TEXT NOT NULL REFERENCES folders (path) ON DELETE CASCADE,
	etag       TEXT NOT NULL,
	bytes      INTEGER NOT NULL,
	image_id   TEXT UNIQUE REFERENCES images (id) ON DELETE CASCADE,
	refusal    TEXT,
	look_at    INTEGER,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX bucket_files_folder ON bucket_files (folder, object_key);
CREATE INDEX bucket_files_alike ON bucket_files (etag, bytes);
CREATE INDEX bucket_files_new ON bucket_files (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX bucket_files_refused ON bucket_files (folder, updated_at) WHERE image_id IS NULL;

-- The secret is not here: the program derives it. `rights`: a JSON list.
CREATE TABLE access_keys (
	id           TEXT PRIMARY KEY,
	user_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	name         TEXT NOT NULL,
	folder       TEXT NOT NULL,
	rights       TEXT NOT NULL,
	last_used_at INTEGER,
	created_at   INTEGER NOT NULL,
	updated_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX access_keys_user ON access_keys (user_id, created_at);
