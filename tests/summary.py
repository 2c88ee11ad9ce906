"""Reads xunit's XML results: prints failed and skipped tests with their reasons, the ten slowest, then 'passed failed skipped'."""
import sys
import xml.etree.ElementTree as tree

counts = {"Pass": 0, "Fail": 0, "Skip": 0}
root = tree.parse(sys.argv[1]).getroot()
for test in root.iter("test"):
    result = test.get("result")
    counts[result] = counts.get(result, 0) + 1
    if result == "Skip":
        print("skipped:", test.get("name"), "-", (test.findtext("reason") or "").strip())
    if result == "Fail":
        print("FAILED:", test.get("name"), "-", (test.findtext("failure/message") or "").strip()[:500])
for test in sorted(root.iter("test"), key=lambda each: -float(each.get("time") or 0))[:10]:
    print(f"slow: {float(test.get('time') or 0):.1f} s {test.get('name')[:160]}")
errors = list(root.iter("error"))
for error in errors:
    print("FAILED outside a test:", error.get("type"), error.get("name"), "-", (error.findtext("failure/message") or "").strip()[:500])
print(counts["Pass"], counts["Fail"] + len(errors), counts["Skip"])
