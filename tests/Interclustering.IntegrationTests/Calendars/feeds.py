"""Reads an RSS or Atom feed from standard input with Debian's python3-feedparser.

Prints the format and the complaint, if any; then a line per entry: identity, day of publication, title, address.
"""
import sys
import time

import feedparser

feed = feedparser.parse(sys.stdin.buffer.read())
print(feed.version, repr(feed.bozo_exception) if feed.bozo else "well-formed")
for entry in feed.entries:
    print("\t".join([entry.id, time.strftime("%Y-%m-%dT%H:%M:%SZ", entry.published_parsed), entry.title, entry.link]))
