"""A library of public galleries, as large as wanted, written straight into the program's database.

The program makes the file first, so that the schema is its own. The same size gives the same rows each time.
"""

import random
import sqlite3

# How many pictures each gallery holds; each picture is in one gallery.
PICTURES = 3
# How many galleries a member has, on average.
GALLERIES_OF_MEMBER = 12
# When the newest gallery was made, in Unix seconds, and how many seconds lie between two, on average.
NEWEST, APART = 1_780_000_000, 613

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"

NAMES = ["anna", "bao", "carla", "dmitri", "elif", "farid", "greta", "haruka", "ines", "jonas", "kavya", "lucia"]
SURNAMES = ["berg", "costa", "duval", "eriksen", "ferrari", "huang", "ito", "kowalski", "novak", "okafor", "silva"]
KINDS = ["Morning", "Winter", "Quiet", "Long", "Blue", "First", "Lost", "Northern", "Last", "Golden", "Old", "Wild"]
THINGS = ["harbour", "streets", "lakes", "light", "gardens", "trains", "roofs", "islands", "markets", "hills", "山水"]
PLACES = ["in Lisbon", "of Kyoto", "near Tromsø", "in Marseille", "of Oaxaca", "in 杭州", "by the Baltic", "at home"]
DESCRIPTIONS = [
    "",
    "Taken on foot, mostly before breakfast.",
    "A week of rain, then one clear evening. Everything here is from that evening and the morning after it.",
    "Scanned from negatives that my aunt kept in a biscuit tin.",
    "Shot on a 35 mm lens; the colours are as they came.",
]
SIZES = [(6000, 4000), (4000, 6000), (4032, 3024), (3024, 4032), (5472, 3648), (7952, 5304)]


def fill(file, galleries):
    """Writes the rows in one transaction, and folds the write-ahead log into the file."""
    chance = random.Random(galleries)
    members = [member(chance, number, galleries) for number in range(-(-galleries // GALLERIES_OF_MEMBER))]
    database = sqlite3.connect(file)
    database.execute("PRAGMA foreign_keys = ON")
    with database:
        database.executemany(
            """INSERT INTO users (id, username, email, password_hash, created_at, updated_at)
               VALUES (?1, ?2, ?3, 'none', ?4, ?4)""",
            members,
        )
        for number in range(galleries):
            made = NEWEST - (galleries - number) * APART + chance.randrange(APART)
            write_gallery(database, chance, number, chance.choice(members)[0], made)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def newest_first(file):
    """The ids of all public galleries in the order of the list."""
    database = sqlite3.connect(file)
    rows = database.execute("SELECT id FROM galleries WHERE is_public = 1 ORDER BY created_at DESC, id DESC").fetchall()
    database.close()
    return [identity for (identity,) in rows]


def write_gallery(database, chance, number, owner, made):
    gallery, name = new_id(chance, made), name_of(chance)
    pictures = [picture(chance, owner, made + place) for place in range(PICTURES)]
    database.executemany(
        """INSERT INTO images (id, user_id, title, object_key, upload_status, filename, content_type, bytes, checksum,
               width, height, exif, placeholder, created_at, updated_at)
           VALUES (?1, ?2, ?3, ?4, 'completed', ?5, 'image/jpeg', ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)""",
        pictures,
    )
    cover = pictures[1][0] if number % 3 == 0 else None
    database.execute(
        """INSERT INTO galleries
               (id, user_id, slug, name, description, is_public, cover_image_id, created_at, updated_at)
           VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?7)""",
        (gallery, owner, f"{name.lower().replace(' ', '-')}-{number}", name, chance.choice(DESCRIPTIONS), cover, made),
    )
    database.executemany(
        "INSERT INTO image_galleries (image_id, gallery_id, position, created_at) VALUES (?1, ?2, ?3, ?4)",
        [(row[0], gallery, place, made) for place, row in enumerate(pictures)],
    )


def member(chance, number, galleries):
    name = f"{chance.choice(NAMES)}-{chance.choice(SURNAMES)}-{number}"
    joined = NEWEST - galleries * APART
    return new_id(chance, joined), name, f"{name}@example.com", joined


def picture(chance, owner, made):
    """A row of `images`, in the order of the statement."""
    width, height = chance.choice(SIZES)
    name = f"DSC{chance.randrange(10_000):05}.jpg"
    identity, checksum = new_id(chance, made), f"{chance.getrandbits(256):064x}"
    exif = f'{{"camera":"X-T5","exposure":"1/{chance.choice([60, 125, 250, 500])}","iso":{chance.choice([160, 400])}}}'
    colour = f"#{chance.getrandbits(24):06x}"
    bytes_, title = chance.randrange(2_000_000, 24_000_000), name_of(chance)
    return identity, owner, title, f"originals/{identity}", name, bytes_, checksum, width, height, exif, colour, made


def name_of(chance):
    return f"{chance.choice(KINDS)} {chance.choice(THINGS)} {chance.choice(PLACES)}"


def new_id(chance, seconds):
    """22 characters that sort by age, as the program makes them."""
    bits = (seconds * 1_000_000 + chance.randrange(1_000_000)) << 55 | chance.getrandbits(55)
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(22)))
