"""Makes WARC and ARC records, for tests and for tools/compare_warc."""
import gzip


def http_response(body, media_type="text/html; charset=utf-8", more=()):
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {media_type}", f"Content-Length: {len(body)}", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def warc_record(kind, url, block, content_type="application/http; msgtype=response", length=None, more=()):
    lines = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", "WARC-Date: 2031-04-05T06:07:08Z", f"Content-Type: {content_type}", *more,
             f"Content-Length: {len(block) if length is None else length}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + block + b"\r\n\r\n"


def page_record(url, page, media_type="text/html; charset=utf-8"):
    return warc_record("response", url, http_response(page, media_type))


def arc_record(url, block, media_type="text/html"):
    return f"{url} 192.0.2.7 20310405060708 {media_type} {len(block)}\n".encode() + block + b"\n"


def arc_head():
    return arc_record("filedesc://pages.arc", b"1 0 Nobody\nURL IP-address Archive-date Content-type Archive-length\n\n", "text/plain")


def gzip_members(records):
    return b"".join(gzip.compress(record, 6, mtime=0) for record in records)
