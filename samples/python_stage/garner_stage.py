"""A garner stage in Python, without any framework: copy this file beside your own.

    import garner_stage

    class Shout:
        def __init__(self, options, host):   # options: the manifest's, as a dict; host.info(), host.warn(), host.count()
            self.sign = options.get("sign", "!")
        def process(self, document, edits):  # a transform; a decoder has decode(self, payload, info, document, children)
            ...

    garner_stage.run(Shout, name="shout", version="1.0")

Frames and messages are described in docs/worker-protocol.md. The messages are generated once, with Debian's protobuf-compiler (README.md).
"""
import json
import os
import struct
import sys
import traceback

from garner.v1 import document_pb2, edits_pb2, worker_pb2

PROTOCOL = 1
SOCKET = 3  # where garner's requests come from, and answers go


class Refused(Exception):
    """A failure of the document, with a kind that garner knows: "invalid_input", "unsupported", "limit" ..."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


class Connection:
    def __init__(self):
        os.set_inheritable(SOCKET, False)  # programs that a stage starts have no business there
        self.stream = os.fdopen(SOCKET, "rb")
        self.number = 0

    def receive(self):
        """The next request and its body; (None, b"") where garner has hung up."""
        header = self.stream.read(8)
        if len(header) < 8:
            return None, b""
        head_bytes, body_bytes = struct.unpack("<II", header)
        request = worker_pb2.WorkerRequest.FromString(self.stream.read(head_bytes))
        self.number = request.number
        return request, self.stream.read(body_bytes)

    def send(self, reply, body=b""):
        reply.number = self.number
        head = reply.SerializeToString()
        data = memoryview(struct.pack("<II", len(head), len(body)) + head + body)
        while data:
            data = data[os.write(SOCKET, data):]


class Host:
    """What a stage says besides its result."""

    def __init__(self, connection):
        self.connection = connection
        self.counts = {}

    def info(self, message):
        self.connection.send(worker_pb2.WorkerReply(log={"stage": 0, "level": 1, "message": message}))

    def warn(self, message):
        self.connection.send(worker_pb2.WorkerReply(log={"stage": 0, "level": 2, "message": message, "warning": True}))

    def count(self, metric, by=1):
        self.counts[metric] = self.counts.get(metric, 0) + by


class Children:
    """Payloads that a decoder finds inside its payload, within what garner would take of them."""

    def __init__(self, payloads, size):
        self.payloads, self.left = payloads, size
        self.found, self.bytes = [], []

    def add(self, name, payload, media_type=None):
        child = {"name": name, "bytes": len(payload)}
        if media_type:
            child["declared_media_type"] = media_type
        if len(self.found) > self.payloads:
            return  # the one before said that there are more
        if len(self.found) == self.payloads or len(payload) > self.left:
            child.update(bytes=0, refused=True, failure="limit", message="more or larger than garner takes")
            payload = b""
        self.left -= len(payload)
        self.found.append(child)
        self.bytes.append(payload)


def work_on(stage, request, body):
    """The result of one document as bytes, and its children."""
    work = request.work
    if work.HasField("payload"):
        document = document_pb2.Document(source=work.payload)
        children = Children(work.child_payloads, work.child_bytes)
        stage.decode(body, work.payload, document, children)
        return document.SerializeToString(), children
    edits = edits_pb2.Edits()
    stage.process(document_pb2.Document.FromString(body), edits)
    return edits.SerializeToString(), Children(0, 0)


def answer(stage, host, request, body):
    done = worker_pb2.WorkerReply.Done()
    result, children = b"", Children(0, 0)
    try:
        result, children = work_on(stage, request, body)
    except MemoryError:
        done.failure, done.message, done.out_of_memory = "limit", "out of memory", True
    except Refused as refusal:
        done.failure, done.message = refusal.kind, str(refusal)
    except Exception as error:  # the document's failure, not the stage's end
        traceback.print_exc()
        done.failure, done.message = "internal", f"exception: {type(error).__name__}: {error}"
    for child in children.found:
        done.children.add(**child)
    for metric, by in sorted(host.counts.items()):
        done.counts.add(stage=0, metric=metric, by=by)
    host.counts.clear()
    host.connection.send(worker_pb2.WorkerReply(done=done), b"".join([result, *children.bytes]))


def run(stage_class, name, version):
    connection = Connection()
    host = Host(connection)
    request, _ = connection.receive()
    if request is None or not request.HasField("start"):
        sys.exit("a garner stage: it is started by garner, from a manifest")
    try:
        stage = stage_class(json.loads(request.start.stages[0].options_json), host)
    except Exception as error:
        traceback.print_exc()
        connection.send(worker_pb2.WorkerReply(done={"failure": "config", "message": f"{type(error).__name__}: {error}"}))
        return
    connection.send(worker_pb2.WorkerReply(started={"protocol": PROTOCOL, "name": name, "version": version}))
    while True:
        request, body = connection.receive()
        if request is None:
            return
        answer(stage, host, request, body)
