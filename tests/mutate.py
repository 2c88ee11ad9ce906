"""Switches a check off in a copy of the sources, to see that the fault suite notices.

mutate.py               the names of the mutations
mutate.py NAME FOLDER   changes the copy in FOLDER; fails where a text to change is not there exactly once
"""
import json
import pathlib
import sys

mutations = json.loads(pathlib.Path(__file__).with_name("mutations.json").read_text(encoding="utf-8"))
if len(sys.argv) == 1:
    print("\n".join(mutations))
    sys.exit()

name, folder = sys.argv[1], pathlib.Path(sys.argv[2])
for change in mutations[name]:
    file = folder / change["file"]
    text = file.read_text(encoding="utf-8")
    if text.count(change["from"]) != 1:
        sys.exit(f"{name}: {change['file']} has {text.count(change['from'])} times {change['from']!r}")
    file.write_text(text.replace(change["from"], change["to"]), encoding="utf-8")
