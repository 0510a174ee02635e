-- A member's own folder is told from those that admins gave them. Runs on SQLite and on Cloudflare D1.
ALTER TABLE folders ADD COLUMN is_own INTEGER NOT NULL DEFAULT 0;
UPDATE folders SET is_own = 1
WHERE EXISTS (SELECT 1 FROM users u WHERE u.id = user_id AND path IN (u.username || '/', u.username || '-2/'));

-- Whether any gallery has hotlink rules of its own is asked before each choice at random.
CREATE INDEX galleries_hotlinks ON galleries (hotlinks) WHERE hotlinks IS NOT NULL;
