"""Decodes the minutes of a society. A line is a paragraph, but:

    %place: Old customs house      metadata
    == Repairs                     a heading
    - The lock is to be oiled.     an item of a list
    // ask Irina                   a remark of the secretary: no text
"""
import garner_stage
from garner.v1 import document_pb2
from garner_text import TextBuilder


class MinutesDecoder:
    def __init__(self, options, host):
        self.host = host
        self.keys = options.get("metadata", {})

    def decode(self, payload, info, document, children):
        try:
            payload.decode("utf-8")
        except UnicodeDecodeError as error:
            raise garner_stage.Refused("invalid_input", f"the minutes are not UTF-8: {error.reason} at byte {error.start}") from error
        builder = TextBuilder(payload, document)
        begin = 0
        for line in payload.splitlines(keepends=True):
            words = line.strip()
            if words:
                start = begin + line.index(words)
                self.take(builder, start, start + len(words), words, document)
            begin += len(line)
        builder.finish()

    def take(self, builder, begin, end, line, document):
        if line.startswith(b"%") and b":" in line:
            key, value = (part.strip().decode() for part in line[1:].split(b":", 1))
            builder.remove(begin, end, "metadata")
            if value and key in self.keys:
                document.metadata.add(key=self.keys[key], value=value, origin="minutes", confidence=1, chosen=True,
                                      source={"begin": begin, "end": end})
        elif line.startswith(b"//"):
            self.host.count("remarks")
            builder.remove(begin, end, "remark")
        elif line.startswith(b"== "):
            self.take_after(builder, begin, 3, end, document_pb2.Block.HEADING, level=2)
        elif line.startswith(b"- "):
            self.take_after(builder, begin, 2, end, document_pb2.Block.LIST_ITEM, level=1)
        else:
            builder.block(begin, end)

    @staticmethod
    def take_after(builder, begin, sign, end, role, level):
        builder.remove(begin, begin + sign, "markup")
        builder.block(begin + sign, end, role, level=level)


garner_stage.run(MinutesDecoder, name="minutes_decoder", version="1.0")
