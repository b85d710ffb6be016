"""The language server that editors run for YAML, spoken to as an editor does."""

import json
import subprocess
from contextlib import contextmanager
from itertools import count


class Editor:
    """One open connection."""

    def __init__(self, server):
        self._server, self._numbers = server, count(1)

    def request(self, method, **params):
        """Ask, and return the answer; what else the server says meanwhile is answered or passed over."""
        number = next(self._numbers)
        self._send(id=number, method=method, params=params)
        return self._until(lambda message: message.get("id") == number and "method" not in message)["result"]

    def notify(self, method, **params):
        self._send(method=method, params=params)

    def open(self, path):
        """Show a file, and return what the server finds wrong in it: (line, message) each."""
        text = path.read_text(encoding="utf-8")
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", textDocument=document)
        said = self._until(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["uri"] == path.as_uri()
            )
        )
        found = said["params"]["diagnostics"]
        return [(wrong["range"]["start"]["line"] + 1, wrong["message"]) for wrong in found]

    def _until(self, wanted):
        while True:
            message = self._receive()
            if wanted(message):
                return message
            if message.get("method") == "workspace/configuration":
                self._send(id=message["id"], result=[{} for _ in message["params"]["items"]])
            elif "method" in message and "id" in message:
                self._send(id=message["id"], result=None)

    def _send(self, **message):
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self._server.stdin.flush()

    def _receive(self):
        length = 0
        while (line := self._server.stdout.readline().strip()) or not length:
            assert self._server.poll() is None, "the server ended"
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self._server.stdout.read(length))


@contextmanager
def editing(program, folder):
    """Start the server for a folder, and stop it at the end."""
    command = [program, "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder) as server:
        editor = Editor(server)
        try:
            editor.request("initialize", processId=None, rootUri=folder.as_uri(), capabilities={})
            editor.notify("initialized")
            settings = {
                "yaml": {
                    "validate": True,
                    "completion": True,
                    "hover": True,
                    "schemaStore": {"enable": False},
                }
            }
            editor.notify("workspace/didChangeConfiguration", settings=settings)
            yield editor
        finally:
            server.kill()
