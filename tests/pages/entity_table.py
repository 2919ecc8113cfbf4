"""Writes the named character references that Python knows as a C++ table: entity_table.py OUTPUT. Sorted by name, values as bytes."""
import html.entities
import sys


def literal(text):
    return '"' + "".join(f"\\{byte:03o}" for byte in text.encode("utf-8")) + '"'


with open(sys.argv[1], "w", encoding="ascii") as out:
    for name, text in sorted(html.entities.html5.items()):
        out.write(f'{{"{name}", {literal(text)}}},\n')
