-- The whole library. Runs unchanged on SQLite and on Cloudflare D1: STRICT tables, no triggers, no PRAGMA.
-- Ids are opaque text, times are Unix seconds, sizes are bytes, widths and heights are pixels as shown.

-- `deleting_at`: its member deleted it; what is left of it is being removed. Such an account is suspended, too.
CREATE TABLE users (
	id            TEXT PRIMARY KEY,
	username      TEXT NOT NULL COLLATE NOCASE UNIQUE,
	email         TEXT NOT NULL UNIQUE,
	password_hash TEXT NOT NULL,
	role          TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('member', 'admin')),
	suspended_at  INTEGER,
	deleting_at   INTEGER,
	quota_bytes   INTEGER,
	created_at    INTEGER NOT NULL,
	updated_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
	id           TEXT PRIMARY KEY,
	user_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	agent        TEXT NOT NULL DEFAULT '',
	last_used_at INTEGER NOT NULL,
	created_at   INTEGER NOT NULL,
	updated_at   INTEGER NOT NULL,
	expires_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- The columns after `bytes` are empty until the upload is completed; `failure` says why one failed.
CREATE TABLE images (
	id            TEXT PRIMARY KEY,
	user_id       TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	title         TEXT NOT NULL DEFAULT '',
	description   TEXT NOT NULL DEFAULT '',
	object_key    TEXT NOT NULL UNIQUE,
	upload_status TEXT NOT NULL CHECK (upload_status IN ('pending', 'completed', 'failed')),
	failure       TEXT,
	filename      TEXT NOT NULL,
	content_type  TEXT NOT NULL,
	bytes         INTEGER NOT NULL DEFAULT 0,
	checksum      TEXT,
	width         INTEGER NOT NULL DEFAULT 0,
	height        INTEGER NOT NULL DEFAULT 0,
	orientation   INTEGER NOT NULL DEFAULT 1 CHECK (orientation BETWEEN 1 AND 8),
	exif          TEXT NOT NULL DEFAULT '{}',
	placeholder   TEXT NOT NULL DEFAULT '#888888',
	version       INTEGER NOT NULL DEFAULT 1,
	created_at    INTEGER NOT NULL,
	updated_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX images_user ON images (user_id, id);
CREATE INDEX images_usage ON images (user_id, upload_status, bytes);
CREATE INDEX images_status ON images (upload_status, created_at DESC, id);

CREATE TABLE galleries (
	id             TEXT PRIMARY KEY,
	user_id        TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	slug           TEXT NOT NULL UNIQUE,
	name           TEXT NOT NULL,
	description    TEXT NOT NULL DEFAULT '',
	is_public      INTEGER NOT NULL DEFAULT 0 CHECK (is_public IN (0, 1)),
	position       INTEGER NOT NULL DEFAULT 0,
	cover_image_id TEXT REFERENCES images (id) ON DELETE SET NULL,
	created_at     INTEGER NOT NULL,
	updated_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX galleries_user ON galleries (user_id, position, created_at DESC);
CREATE INDEX galleries_public ON galleries (created_at DESC, id DESC) WHERE is_public = 1;
CREATE INDEX galleries_cover ON galleries (cover_image_id);

CREATE TABLE image_galleries (
	image_id   TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
	gallery_id TEXT NOT NULL REFERENCES galleries (id) ON DELETE CASCADE,
	position   INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	PRIMARY KEY (image_id, gallery_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX image_galleries_order ON image_galleries (gallery_id, position, image_id);

-- `words` is the name as it is searched for.
CREATE TABLE tags (
	id         TEXT PRIMARY KEY,
	name       TEXT NOT NULL UNIQUE,
	words      TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE image_tags (
	image_id TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
	tag_id   TEXT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
	position INTEGER NOT NULL,
	PRIMARY KEY (image_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX image_tags_tag ON image_tags (tag_id, image_id);

-- Which row of `picture_search` a completed picture has. A number is never given twice, so that words left behind
-- by a picture that went with its owner are nobody's.
CREATE TABLE picture_words (
	docid    INTEGER PRIMARY KEY AUTOINCREMENT,
	image_id TEXT NOT NULL UNIQUE REFERENCES images (id) ON DELETE CASCADE
) STRICT;

CREATE VIRTUAL TABLE picture_search USING fts5 (title, description, tags, tokenize = 'unicode61 remove_diacritics 2');

CREATE TABLE comments (
	id         TEXT PRIMARY KEY,
	image_id   TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
	user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	content    TEXT NOT NULL,
	edited_at  INTEGER,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX comments_image ON comments (image_id, created_at, id);
CREATE INDEX comments_user ON comments (user_id, created_at);

CREATE TABLE likes (
	image_id   TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
	user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	created_at INTEGER NOT NULL,
	PRIMARY KEY (image_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX likes_user ON likes (user_id, created_at DESC);

CREATE TABLE favourites (
	user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	image_id   TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
	created_at INTEGER NOT NULL,
	PRIMARY KEY (user_id, image_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX favourites_image ON favourites (image_id);
CREATE INDEX favourites_list ON favourites (user_id, created_at, image_id);

-- Tokens and links are kept as SHA-256, so that a copy of this file opens nothing.
CREATE TABLE api_tokens (
	id           TEXT PRIMARY KEY,
	user_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	name         TEXT NOT NULL,
	token_hash   TEXT NOT NULL UNIQUE,
	scopes       TEXT NOT NULL DEFAULT '[]',
	expires_at   INTEGER,
	last_used_at INTEGER,
	created_at   INTEGER NOT NULL,
	updated_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX api_tokens_user ON api_tokens (user_id, created_at);

CREATE TABLE share_links (
	id            TEXT PRIMARY KEY,
	user_id       TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	token_hash    TEXT NOT NULL UNIQUE,
	image_id      TEXT REFERENCES images (id) ON DELETE CASCADE,
	gallery_id    TEXT REFERENCES galleries (id) ON DELETE CASCADE,
	password_hash TEXT,
	expires_at    INTEGER,
	created_at    INTEGER NOT NULL,
	updated_at    INTEGER NOT NULL,
	CHECK ((image_id IS NULL) <> (gallery_id IS NULL))
) STRICT;
CREATE INDEX share_links_user ON share_links (user_id, id);
CREATE INDEX share_links_image ON share_links (image_id);
CREATE INDEX share_links_gallery ON share_links (gallery_id);

-- Each makes one account, while registration is by invitation.
CREATE TABLE invitations (
	id         TEXT PRIMARY KEY,
	user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	token_hash TEXT NOT NULL UNIQUE,
	expires_at INTEGER NOT NULL,
	spent_at   INTEGER,
	spent_by   TEXT REFERENCES users (id) ON DELETE SET NULL,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX invitations_user ON invitations (user_id);
CREATE INDEX invitations_spent ON invitations (spent_by);

-- `setup_token` is the first admin's; `site.*` override what the operator set.
CREATE TABLE settings (
	name       TEXT PRIMARY KEY,
	value      TEXT NOT NULL,
	updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The built-in key-value store: what is short-lived. Its times alone are Unix milliseconds.
CREATE TABLE key_values (
	key        TEXT PRIMARY KEY,
	value      BLOB NOT NULL,
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX key_values_expiry ON key_values (expires_at);
