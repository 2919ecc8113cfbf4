"""A gzip file that unpacks to itself, byte for byte: a container that never ends however often it is opened.

A deflate stream is a program of two instructions: `literal(n)` prints the n bytes that follow it, `repeat(n)` prints the last n bytes again. With
every instruction made to be five bytes long (a stored block's header has no other length), the program below prints itself:

    prints                                      program
    head L(h+5)                                 head L(h+5) head L(h+5)      head: gzip's header, already there when the program starts
    head L(h+5)                                 R(h+5)
    R(h+5)                                      L(5) R(h+5)
    ...                                         and so on, see `instructions`

The tail holds the CRC of the whole file, itself included. A CRC is linear in the bits, so its value is the solution of 32 equations.
"""
import struct
import zlib

UNIT = 5

LENGTHS = [(257 + i, i + 3, 0) for i in range(8)]  # Symbol, least length, extra bits (RFC 1951, 3.2.5).
LENGTHS += [(265 + i, 11 + 2 * i, 1) for i in range(4)] + [(269 + i, 19 + 4 * i, 2) for i in range(4)] + [(273 + i, 35 + 8 * i, 3) for i in range(4)]
DISTANCES = [(i, i + 1, 0) for i in range(4)] + [(4, 5, 1), (5, 7, 1), (6, 9, 2), (7, 13, 2), (8, 17, 3), (9, 25, 3), (10, 33, 4), (11, 49, 4)]


def literal(count):
    """The header of a stored block."""
    return struct.pack("<BHH", 0, count, count ^ 0xFFFF)


def code(table, value):
    """The row of a table for a value, and the extra bits' value."""
    symbol, least, extra = max((row for row in table if row[1] <= value), key=lambda row: row[1])
    return symbol, value - least, extra


def reversed_bits(value, count):
    return [value >> (count - 1 - i) & 1 for i in range(count)]


def match_bits(length, distance):
    """One match with the fixed Huffman codes."""
    symbol, rest, extra = code(LENGTHS, length)
    bits = reversed_bits(symbol - 256, 7) + [rest >> i & 1 for i in range(extra)]
    symbol, rest, extra = code(DISTANCES, distance)
    return bits + reversed_bits(symbol, 5) + [rest >> i & 1 for i in range(extra)]


def splits(count):
    """Ways to write a count as a sum of one to four lengths that matches may have."""
    def parts(rest, most, left):
        if rest == 0:
            yield []
        elif left > 0:
            for length in range(min(rest, most), 2, -1):
                for more in parts(rest - length, length, left - 1):
                    yield [length, *more]
    return parts(count, count, 4)


def repeat(count):
    """The last `count` bytes again, in five bytes; None where there is no such way."""
    for lengths in splits(count):
        bits = [0, 1, 0] + [bit for length in lengths for bit in match_bits(length, count)] + [0] * 7
        if len(bits) == 8 * UNIT:
            return bytes(sum(bits[8 * i + j] << j for j in range(8)) for i in range(UNIT))
    return None


def program(head, tail):
    """What stands in the file between head and tail; None where an instruction cannot be written."""
    repeats = {count: repeat(count) for count in (len(head) + UNIT, len(tail) + UNIT, 4 * UNIT)}
    if None in repeats.values():
        return None
    head_l, head_r = literal(len(head) + UNIT), repeats[len(head) + UNIT]
    tail_l, tail_r = literal(len(tail) + UNIT), repeats[len(tail) + UNIT]
    one, four, four_r, none = literal(UNIT), literal(4 * UNIT), repeats[4 * UNIT], literal(0)
    instructions = [head_l, head, head_l, head_r,
                    one, head_r, one, one,
                    four, head_r, one, one, four, four_r,
                    four, four_r, four, four_r, four, four_r,
                    four, four_r, none, none, tail_l, four_r,
                    none, none, tail_l, tail_r, tail, tail_r]
    return b"".join(instructions)


def fixed_point(crc_of):
    """A CRC x with crc_of(x) = x; None where there is none. crc_of is affine."""
    base = crc_of(0)
    rows = []  # Of the equations (A + 1) x = base: the coefficients and, as bit 32, the right side.
    columns = [crc_of(1 << i) ^ base ^ (1 << i) for i in range(32)]
    for bit in range(32):
        rows.append(sum((columns[i] >> bit & 1) << i for i in range(32)) | (base >> bit & 1) << 32)
    x = 0
    pivots = []
    for column in range(32):
        row = next((r for r in rows if r >> column & 1), None)
        if row is None:
            continue
        rows = [r ^ row if r >> column & 1 else r for r in rows if r is not row]
        pivots = [(c, p ^ row if p >> column & 1 else p) for c, p in pivots] + [(column, row)]
    if any(rows):
        return None
    for column, row in pivots:
        x |= (row >> 32 & 1) << column
    return x


def gzip_quine():
    end = b"\1\0\0\xff\xff"  # An empty stored block, the last one.
    for name_length in range(1, 40):
        head = b"\x1f\x8b\x08\x08" + bytes(5) + b"\xff" + b"q" * name_length + b"\0"
        for empty_blocks in range(6):
            def whole(crc, size):
                tail = literal(0) * empty_blocks + end + struct.pack("<II", crc, size)
                body = program(head, tail)
                return body and head + body + tail
            sample = whole(0, 0)
            if sample is None:
                continue
            crc = fixed_point(lambda x: zlib.crc32(whole(x, len(sample))))
            if crc is not None:
                return whole(crc, len(sample))
    raise AssertionError("no gzip quine of this form")
