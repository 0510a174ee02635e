// What the pages show, from the small database that benchmarks/pages/filling.py writes. It stays open, and each
// statement is prepared once.
import { DatabaseSync } from 'node:sqlite';

const database = new DatabaseSync('site.sqlite');
const COLUMNS = 'id, title, width, height, colour, version';

const readSite = database.prepare('SELECT title, style FROM site');
const readGallery = database.prepare(
  `SELECT slug, name, description, owner, created_at AS createdAt,
     (SELECT count(*) FROM pictures WHERE gallery = slug) AS count
   FROM galleries WHERE slug = ?`,
);
const readPictures = database.prepare(`SELECT ${COLUMNS} FROM pictures WHERE gallery = ? ORDER BY position LIMIT 60`);
const readPhoto = database.prepare(
  `SELECT ${COLUMNS}, pictures.description, tags, pictures.owner, upload_date AS uploadDate, likes, liked,
     gallery AS slug, (SELECT name FROM galleries WHERE slug = gallery) AS gallery,
     (SELECT count(*) FROM comments WHERE picture = pictures.id) AS comments
   FROM pictures WHERE id = ?`,
);
const readComments = database.prepare(
  `SELECT id, author, content, created_at AS createdAt FROM comments
   WHERE picture = ? AND id > ? ORDER BY id LIMIT 50`,
);
const writeLike = database.prepare(
  `UPDATE pictures SET liked = ?2, likes = likes + (?2 - liked) WHERE id = ?1 RETURNING liked, likes`,
);
const writeComment = database.prepare(
  `INSERT INTO comments (id, picture, author, content, created_at) VALUES (?, ?, 'haruka', ?, ?)
   RETURNING id, author, content, created_at AS createdAt`,
);

export const site = () => readSite.get();

/** The ids of pictures that have a page. */
export const photoIds = () =>
  database.prepare('SELECT id FROM pictures WHERE tags IS NOT NULL').all().map(({ id }) => id);

/** A gallery and its first sixty pictures. */
export function gallery(slug) {
  const found = readGallery.get(slug);
  return found && { ...found, pictures: readPictures.all(slug) };
}

/** A picture with all that is known of it. */
export function photo(id) {
  const found = readPhoto.get(id);
  return { ...found, liked: Boolean(found.liked), tags: JSON.parse(found.tags) };
}

/** Fifty comments at most, after one of them. */
export const comments = (id, after = '') => readComments.all(id, after).map((comment) => ({ ...comment }));

export function like(id, liked) {
  const now = writeLike.get(id, Number(liked));
  return { liked: Boolean(now.liked), likes: now.likes };
}

export function addComment(picture, content) {
  const now = Date.now();
  return { ...writeComment.get(`2${now.toString(32).padStart(21, '0')}`, picture, content, Math.floor(now / 1000)) };
}
