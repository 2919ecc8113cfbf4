"""Puts a mask in the place of every mail address, and says in a signal how many there were."""
import re

import garner_stage

# On bytes: positions in edits count bytes of the text in UTF-8.
ADDRESS = re.compile(rb"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


class MaskAddresses:
    def __init__(self, options, host):
        unknown = set(options) - {"mask"}
        if unknown:
            raise ValueError(f"unknown options: {', '.join(sorted(unknown))}; mask is accepted")
        self.mask = options.get("mask", "[address]")

    def process(self, document, edits):
        found = 0
        for match in ADDRESS.finditer(document.text.encode("utf-8")):
            edits.replace.add(begin=match.start(), end=match.end(), text=self.mask, rule="mail_address")
            found += 1
        edits.signal.add(name="mail_addresses", value=found)


garner_stage.run(MaskAddresses, name="mask_addresses", version="1.0")
