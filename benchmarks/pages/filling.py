"""A gallery of sixty photographs in Tuku, liked and commented, and the same for Astro: what its pages show in a small
database of its own, and Tuku's own pictures and style sheet as files, under the very same addresses."""

import json
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from benchmarks.servers.server import ask

# The first of them looks, signed in, and has not said anything: what they could change is not on the page.
MEMBERS = ["haruka", "bao", "carla", "dmitri", "elif", "farid"]
WORDS = [
    "The light in this one! How long did you wait for it?",
    "I have walked past that very spot a hundred times and never seen it like this.",
    "Lovely colours. They look as they were, not as a slider had them.",
    "Which lens was it? The edges are so crisp.",
    "这张真美，构图很安静。",
    "May I have this on my wall?",
    "The left third is what makes it.",
    "Printed it at forty centimetres, and it holds. Thank you for letting us download it.",
    "My favourite of the whole gallery, and I have been through it twice.",
    "A little dark on my phone, wonderful on a proper screen.",
    "Did you go back the next day?",
    "Quiet and exact. More of these, please.",
]
ABOUT_GALLERY = "Taken on foot over four years, mostly before breakfast. Nothing is staged, and little is cropped."
ABOUT_PHOTO = "It sat still for the whole of a minute.\nHand-held; there was no time for anything else."
TAGS = ["nature", "macro", "summer", "wings"]

SCHEMA = """
    CREATE TABLE site (title TEXT, style TEXT);
    CREATE TABLE galleries (slug TEXT PRIMARY KEY, name TEXT, description TEXT, owner TEXT, created_at INTEGER);
    CREATE TABLE pictures (
        id TEXT PRIMARY KEY, gallery TEXT, position INTEGER, title TEXT, width INTEGER, height INTEGER, colour TEXT,
        version INTEGER, description TEXT, tags TEXT, owner TEXT, upload_date INTEGER, likes INTEGER, liked INTEGER
    );
    CREATE INDEX pictures_of_gallery ON pictures (gallery, position);
    CREATE TABLE comments (id TEXT PRIMARY KEY, picture TEXT, author TEXT, content TEXT, created_at INTEGER);
    CREATE INDEX comments_of_picture ON comments (picture, id);
"""

ADDRESS = re.compile(r"/images/view/[\w-]+/width=\d+,v=\d+")
STYLE = re.compile(r'<link[^>]*rel="stylesheet"[^>]*>')
# What Chromium says of pictures, which Tuku goes by.
ACCEPT = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"


@dataclass
class Filled:
    """Where it is: the paths of the pages, and the cookie of a member who looks."""

    gallery: str
    photo: str
    cookie: str

    def pages(self):
        return {"home": "/", "gallery": self.gallery, "photo": self.photo}


def fill(tuku, photographs):
    """Puts the photographs, with their names, into a public gallery. Members like and comment the first of them."""
    owner = tuku.register()
    pictures = []
    for name, file in photographs:
        pictures.append(tuku.upload(file.name, file, owner))
        spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
        tuku.call("image.update", {"imageId": pictures[-1], "title": f"{spaced}, {len(pictures)}"}, owner)
    first = pictures[0]
    tuku.call("image.update", {"imageId": first, "description": ABOUT_PHOTO, "tags": TAGS}, owner)
    gallery = {"name": "Before breakfast", "description": ABOUT_GALLERY, "isPublic": True}
    made = tuku.call("gallery.create", gallery, owner)
    tuku.call("gallery.addImages", {"galleryId": made["galleryId"], "imageIds": pictures}, owner)
    cookies = [member(tuku, name) for name in MEMBERS]
    looking, *others = cookies
    for at, words in enumerate(WORDS):
        tuku.call("comment.add", {"imageId": first, "content": words}, others[at % len(others)])
    for cookie in others:
        tuku.call("image.like", {"imageId": first, "liked": True}, cookie)
    return Filled(f"/gallery/{made['slug']}", f"/photos/{first}", looking)


def member(tuku, name):
    """The cookie of a new account."""
    params = {"username": name, "email": f"{name}@example.com", "password": "measured, not kept"}
    return tuku.answer("user.register", params)[1]["Set-Cookie"].split(";")[0]


def copy(tuku, filled, folder):
    """Writes what Astro needs into a new folder: `site.sqlite`, and in `public` the files."""
    public = folder / "public"
    public.mkdir(parents=True)
    pages = [ask(tuku.url + path)[0].decode() for path in [filled.gallery, filled.photo]]
    style = re.search(r'href="([^"]+)"', STYLE.search(pages[0]).group()).group(1)
    for path in [style, "/favicon.svg"]:
        save(public, path, ask(tuku.url + path)[0])
    for path in sorted(set(ADDRESS.findall("".join(pages)))):
        save(public, path, ask(tuku.url + path, headers={"Accept": ACCEPT})[0])
    write(tuku, filled, style, folder / "site.sqlite")


def save(public, path, body):
    file = public / path.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


def write(tuku, filled, style, file):
    """The rows that Astro's pages are made of: just what they show, each list by an index of its own."""
    shown = tuku.call("gallery.get", {"slug": Path(filled.gallery).name})
    photo = tuku.call("image.getMetadata", {"imageId": Path(filled.photo).name})
    comments = tuku.call("comment.list", {"imageId": photo["id"]})["comments"]
    slug = shown["gallery"]["slug"]
    database = sqlite3.connect(file)
    with database:
        database.executescript(SCHEMA)
        database.execute("INSERT INTO site VALUES ('Tuku', ?)", (style,))
        database.execute(
            "INSERT INTO galleries VALUES (:slug, :name, :description, :owner, :createdAt)", shown["gallery"]
        )
        database.executemany(
            """INSERT INTO pictures (id, gallery, position, title, width, height, colour, version)
               VALUES (:id, :gallery, :position, :title, :width, :height, :colour, :version)""",
            [one | {"gallery": slug, "position": at} for at, one in enumerate(shown["pictures"])],
        )
        database.execute(
            """UPDATE pictures SET description = :description, tags = :tags, owner = :owner, upload_date = :uploadDate,
                   likes = :likes, liked = 0 WHERE id = :id""",
            photo | {"tags": json.dumps(photo["tags"])},
        )
        database.executemany(
            "INSERT INTO comments VALUES (:id, :picture, :author, :content, :createdAt)",
            [one | {"picture": photo["id"]} for one in comments],
        )
    database.close()
