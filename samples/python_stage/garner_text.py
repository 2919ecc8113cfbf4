"""Makes a document of a UTF-8 payload: text, blocks, source map and removals that are true to each other.

    builder = TextBuilder(payload, document)
    builder.block(120, 141, document_pb2.Block.HEADING, level=2)   # bytes of the payload, taken as they are
    builder.remove(141, 160, "comment")
    builder.finish()

Stretches come in the order of the payload. What nobody claimed is accounted for by finish().
"""
from garner.v1 import document_pb2

VERBATIM, REWRITTEN, INSERTED = (document_pb2.SourceMap.Kind.Value(kind) for kind in ("VERBATIM", "REWRITTEN", "INSERTED"))


class TextBuilder:
    def __init__(self, payload, document):
        self.payload, self.document = payload, document
        self.text = bytearray()
        self.claimed = 0    # of the payload
        self.mapped = 0     # where the last run of the map ends
        self.removed = False  # since the last block

    def block(self, begin, end, role=document_pb2.Block.PARAGRAPH, **more):
        """An empty stretch is no block."""
        if begin == end:
            return
        self._gap(begin)
        self._part(begin)
        self.document.blocks.add(begin=len(self.text), end=len(self.text) + end - begin, role=role, **more)
        self._run(VERBATIM, self.payload[begin:end], units=end - begin, begin=begin, end=end)
        self.claimed, self.removed = end, False

    def remove(self, begin, end, rule):
        if begin == end:
            return
        self._gap(begin, always=True)
        self.document.removals.add(source={"begin": begin, "end": end}, rule=rule)
        self.claimed, self.removed = end, True

    def finish(self):
        self._gap(len(self.payload), always=True)
        self.document.text = self.text.decode("utf-8")
        self.document.source.charset, self.document.source.charset_evidence = "UTF-8", "valid_utf8"

    def _gap(self, begin, always=False):
        """White space between two blocks becomes the empty line between them (_part); everything else is a removal."""
        gap = self.payload[self.claimed:begin]
        between_blocks = self.document.blocks and not self.removed and not always
        if not gap or (between_blocks and not gap.strip()):
            return
        self.document.removals.add(source={"begin": self.claimed, "end": begin}, rule="unclaimed" if gap.strip() else "white_space")
        self.claimed, self.removed = begin, True

    def _part(self, begin):
        if not self.document.blocks:
            return
        if self.claimed < begin:
            self._run(REWRITTEN, b"\n\n", units=1, begin=self.claimed, end=begin)
        else:
            self._run(INSERTED, b"\n\n", units=1, begin=self.mapped, end=self.mapped)

    def _run(self, kind, text, units, begin, end):
        source_map = self.document.source_map
        source_map.kind.append(kind)
        source_map.units.append(units)
        source_map.text_unit.append(len(text) // units)
        source_map.source_unit.append((end - begin) // units)
        source_map.source_gap.append(begin - self.mapped)
        self.text += text
        self.mapped = end
