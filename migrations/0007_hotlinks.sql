-- Which other sites may show a gallery's pictures; as the site says where there is nothing. Runs on SQLite and on
-- Cloudflare D1.
ALTER TABLE galleries ADD COLUMN hotlinks TEXT;
