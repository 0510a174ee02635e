"""The servers that make pictures on request, each as its makers have it run."""

import json
from pathlib import Path

from benchmarks.servers.server import Server
from benchmarks.servers.tuku import Tuku

HERE = Path(__file__).resolve().parent
FORMATS = ["jpeg", "webp", "avif"]
# Without ready pictures, so that every one is made anew; and none is made before it is asked for.
FORGETFUL = {"TUKU_VARIANT_MEMORY": "0", "TUKU_VARIANT_DISK": "0"}
NOT_AHEAD = {"TUKU_MADE_AHEAD": "off"}


class Makes:
    """What a server needs besides: the formats it makes, and where it serves them."""

    formats = FORMATS

    def path(self, name, width, form):
        """Of a photograph by its file name."""
        raise NotImplementedError

    def urls(self, source, form):
        """Of every address of a source."""
        return [self.url + self.path(name, source.width, form) for name, _ in source.addresses()]


class TukuPictures(Makes, Tuku):
    """The program. Without `keeping` it makes every picture anew."""

    def __init__(self, binary, data, core=None, keeping=False):
        super().__init__(binary, data, core, NOT_AHEAD | ({} if keeping else FORGETFUL))
        # The addresses of variants, by file name, width and format; see `fill`.
        self.known = self.scratch / "tuku-addresses.json"

    def path(self, name, width, form):
        return json.loads(self.known.read_text())[f"{name} {width} {form}"]

    def fill(self, found, further):
        """Uploads every address of the sources into a public gallery, and has the addresses of variants signed.
        `further` are widths wanted of the first source besides its own."""
        cookie = self.register()
        made = self.call("gallery.create", {"name": "Measured", "isPublic": True}, cookie)
        addresses, identities = {}, []
        for source in found:
            for name, file in source.addresses():
                identity = self.upload(name, file, cookie)
                identities.append(identity)
                for width in [source.width] + (further if source is found[0] else []):
                    for form in self.formats:
                        params = {"imageId": identity, "width": width, "format": form}
                        addresses[f"{name} {width} {form}"] = self.call("image.variantUrl", params, cookie)["url"]
        self.call("gallery.addImages", {"galleryId": made["galleryId"], "imageIds": identities}, cookie)
        self.known.write_text(json.dumps(addresses))


class Ipx(Makes, Server):
    """ipx as its README has it, with sharp's own settings, over a folder of photographs."""

    name = "ipx"
    prefix = "IPX_"

    def __init__(self, folder, core=None):
        super().__init__(folder.parent, core)
        self.folder = folder

    def command(self):
        return ["node", str(HERE / "ipx.mjs"), str(self.folder), str(self.port)]

    def settings(self):
        return {"NODE_ENV": "production"}

    def path(self, name, width, form):
        return f"/w_{width},f_{form}/{name}"


class Oximg(Makes, Server):
    """oximg as it comes, but for WebP's quality, which is 75 there and 80 with everyone else. It has no AVIF."""

    name = "oximg"
    prefix = "OXIMG_"
    formats = ["jpeg", "webp"]

    def __init__(self, binary, folder, core=None):
        super().__init__(folder.parent, core)
        self.binary, self.folder = binary, folder

    def command(self):
        return [str(self.binary), "serve"]

    def settings(self):
        return {
            "IMAGES_DIR": str(self.folder),
            "PORT": str(self.port),
            "OXIMG_BIND": "127.0.0.1",
            "OXIMG_WEBP_QUALITY": "80",
        }

    def path(self, name, width, form):
        return f"/resize/{width}/0/{name}@{'jpg' if form == 'jpeg' else form}"
