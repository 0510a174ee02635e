"""Public pictures in galleries of a thousand, written straight into the program's database: as many as wanted.

The program makes the file first, so that the schema, and the triggers that number public pictures, are its own."""

import random
import sqlite3

from benchmarks.rpc.library import NEWEST, new_id

IN_GALLERY = 1_000
SHAPES = [(6000, 4000), (4000, 6000), (4000, 4000)]


def fill(file, pictures):
    """A third of the pictures are wide, a third are high, the others are square. The same number gives the same rows."""
    chance = random.Random(pictures)
    database = sqlite3.connect(file)
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("PRAGMA cache_size = -400000")
    owner = new_id(chance, NEWEST)
    database.execute(
        """INSERT INTO users (id, username, email, password_hash, created_at, updated_at)
           VALUES (?1, 'bench', 'bench@example.com', 'none', ?2, ?2)""",
        (owner, NEWEST),
    )
    for first in range(0, pictures, IN_GALLERY):
        with database:
            write_gallery(database, chance, owner, range(first, min(first + IN_GALLERY, pictures)))
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def write_gallery(database, chance, owner, numbers):
    made = NEWEST + numbers.start
    gallery = new_id(chance, made)
    pictures = [(new_id(chance, made), owner, f"{number:09}", *SHAPES[number % 3], made) for number in numbers]
    database.executemany(
        """INSERT INTO images (id, user_id, short, object_key, upload_status, filename, content_type, bytes, checksum,
               width, height, placeholder, created_at, updated_at)
           VALUES (?1, ?2, ?3, 'originals/' || ?1, 'completed', 'DSC' || ?3 || '.jpg', 'image/jpeg', 9000000, ?3,
               ?4, ?5, '#808080', ?6, ?6)""",
        pictures,
    )
    database.execute(
        """INSERT INTO galleries (id, user_id, slug, name, description, is_public, created_at, updated_at)
           VALUES (?1, ?2, 'gallery-' || ?3, 'Gallery', '', 0, ?4, ?4)""",
        (gallery, owner, numbers.start, made),
    )
    database.executemany(
        "INSERT INTO image_galleries (image_id, gallery_id, position, created_at) VALUES (?1, ?2, ?3, ?4)",
        [(picture[0], gallery, place, made) for place, picture in enumerate(pictures)],
    )
    # Opened with all that hangs in it, as people do.
    database.execute("UPDATE galleries SET is_public = 1 WHERE id = ?1", (gallery,))
