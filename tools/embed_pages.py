#!/usr/bin/env python3
"""Packs the web pages into the program: one blob with each file raw, gzip and brotli, and a table that finds them.

usage: embed_pages.py OUT_DIR [DIST_DIR]    without DIST_DIR: one plain page that says the pages were left out
writes OUT_DIR/pages.bin, pages.S, pages_table.cpp; the same input gives the same bytes
"""
import gzip
import hashlib
import pathlib
import subprocess
import sys

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".woff2": "font/woff2",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".txt": "text/plain; charset=utf-8",
}
PACKED_ALREADY = {".png", ".webp", ".jpg", ".woff2", ".mp3", ".ogg"}
PLAIN = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Firstline</title>
<h1>Firstline</h1>
<p>This program was built without its web pages. Build it with script/build, or start it with --web-root DIR.</p>
<p lang="zh">此程序编译时未包含网页。请用 script/build 编译，或用 --web-root DIR 启动。</p>
</html>
"""


def brotli(data):
    return subprocess.run(["brotli", "-q", "11", "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout


def worth_it(packed, raw):
    return packed if len(packed) < 0.95 * len(raw) else b""


def text(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) > 2:
        dist = pathlib.Path(sys.argv[2])
        files = {"/" + f.relative_to(dist).as_posix(): f.read_bytes() for f in dist.rglob("*") if f.is_file() and f.suffix != ".map" and not f.name.startswith(".")}
        if not files:
            sys.exit(f"{dist} holds no pages: run script/build, or configure with -DFIRSTLINE_WEB=off")
    else:
        files = {"/index.html": PLAIN.encode()}

    blob = bytearray()
    rows = []

    def place(data):
        at = len(blob)
        blob.extend(data)
        return f"{{fl_pages_blob + {at}, {len(data)}}}" if data else "{}"

    for path in sorted(files, key=str.encode):
        raw = files[path]
        suffix = pathlib.PurePosixPath(path).suffix
        squeeze = suffix not in PACKED_ALREADY and len(raw) > 256
        small = [worth_it(gzip.compress(raw, 9, mtime=0), raw), worth_it(brotli(raw), raw)] if squeeze else [b"", b""]
        etag = '"' + hashlib.sha256(raw).hexdigest()[:32] + '"'
        immutable = "true" if "/assets/" in path else "false"
        kind = TYPES.get(suffix, "application/octet-stream")
        rows.append(f"    {{{text(path)}, {text(kind)}, {text(etag)}, {place(raw)}, {place(small[0])}, {place(small[1])}, {immutable}, nullptr}},\n")

    (out / "pages.bin").write_bytes(bytes(blob))
    (out / "pages.S").write_text(
        f'.section .rodata\n.balign 64\n.global fl_pages_blob\nfl_pages_blob:\n.incbin "{(out / "pages.bin").as_posix()}"\n'
        ".byte 0\n.section .note.GNU-stack,\"\",@progbits\n")
    (out / "pages_table.cpp").write_text(
        '#include "app/pages.hpp"\n\nextern "C" const char fl_pages_blob[];\n\nnamespace firstline::app {\n\n'
        "std::unique_ptr<http::Pages> built_in_pages() {\n  static const http::Page table[] = {\n" + "".join(rows) +
        "  };\n  return http::embedded_pages(table, std::size(table));\n}\n\n}  // namespace firstline::app\n")


if __name__ == "__main__":
    main()
