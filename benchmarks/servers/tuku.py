"""Tuku over its data folder, and what is put into it by its own methods."""

import json
from pathlib import Path

from .server import Server, ask


class Tuku(Server):
    """The program, with settings besides its address and its data folder (docs/settings.md)."""

    name = "tuku"
    sign, sign_status = "/health", 200
    prefix = "TUKU_"

    def __init__(self, binary, data, core=None, settings=None):
        super().__init__(Path(data).parent, core)
        self.binary, self.data, self.further = binary, Path(data), settings or {}
        self.rpc = f"{self.url}/api/rpc"

    def command(self):
        return [str(self.binary), "serve"]

    def settings(self):
        return {"TUKU_ADDR": f"127.0.0.1:{self.port}", "TUKU_DATA_DIR": str(self.data)} | self.further

    def answer(self, method, params, cookie=None):
        """The result of a call, and the headers it came with."""
        call = {"jsonrpc": "2.0", "method": method, "params": params, "id": 1}
        headers = {"Content-Type": "application/json"} | ({"Cookie": cookie} if cookie else {})
        body, told = ask(self.rpc, json.dumps(call).encode(), headers)
        answer = json.loads(body)
        if "result" not in answer:
            raise SystemExit(f"{method} was refused: {answer}")
        return answer["result"], told

    def call(self, method, params, cookie=None):
        """The result alone."""
        return self.answer(method, params, cookie)[0]

    def register(self):
        """The cookie of a new account."""
        params = {"username": "bench", "email": "bench@example.com", "password": "measured, not kept"}
        return self.answer("user.register", params)[1]["Set-Cookie"].split(";")[0]

    def upload(self, name, file, cookie):
        """The id of a new picture, of a JPEG file."""
        params = {"filename": name, "contentType": "image/jpeg", "size": file.stat().st_size}
        ticket = self.call("image.generateUploadUrl", params, cookie)
        ask(ticket["uploadUrl"], file.read_bytes(), {"Content-Type": "image/jpeg"}, "PUT")
        confirmed = self.call("image.confirmUpload", {"assetId": ticket["assetId"]}, cookie)
        if confirmed["state"] != "completed":
            raise SystemExit(f"{name} was not taken: {confirmed}")
        return confirmed["picture"]["id"]
