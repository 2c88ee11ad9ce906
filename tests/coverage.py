"""What the tests run through, from Cobertura files: by project, and the files with the most lines that no test reaches.

coverage.py FILE...
"""
import collections
import pathlib
import sys
import xml.etree.ElementTree as xml

SHOWN = 25
ROOT = pathlib.Path(__file__).resolve().parents[1]
hits = collections.defaultdict(lambda: collections.defaultdict(int))
for report in sys.argv[1:]:
    tree = xml.parse(report)
    folders = [pathlib.Path(source.text or "") for source in tree.findall("./sources/source")]
    for unit in tree.iter("class"):
        path = next((folder / unit.get("filename") for folder in folders if (folder / unit.get("filename")).is_file()), None)
        if path is None or not path.is_relative_to(ROOT):
            continue
        name = path.relative_to(ROOT)
        # What is generated, and the tests themselves, say nothing about what is tested.
        if name.parts[0] not in ("src", "contracts") or "obj" in name.parts or "Migrations" in name.parts:
            continue
        for line in unit.iter("line"):
            number = int(line.get("number"))
            hits[str(name)][number] = max(hits[str(name)][number], int(line.get("hits")))

projects = collections.defaultdict(lambda: [0, 0])
for name, lines in hits.items():
    project = projects[name.split("/")[1]]
    project[0] += len(lines)
    project[1] += sum(1 for count in lines.values() if count)
total = [sum(counts) for counts in zip(*projects.values())]
for project, (lines, reached) in [*sorted(projects.items()), ("all", total)]:
    print(f"{project:32} {reached:6} of {lines:6} lines  {reached / lines:6.1%}")
print("Lines that no test reaches:")
missed = {name: [number for number, count in sorted(lines.items()) if not count] for name, lines in hits.items()}
for name, numbers in sorted(missed.items(), key=lambda pair: -len(pair[1]))[:SHOWN]:
    print(f"{len(numbers):5}  {name}:{numbers[0] if numbers else ''}")
