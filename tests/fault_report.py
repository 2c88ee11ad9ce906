"""Writes the tables of docs/faults.md again.

fault_report.py faults TABLE [ROOT]        ROOT: the folder of the Debian 13 whose servers were hit
fault_report.py mutations TABLE
fault_report.py mutation OUTPUT NAME       one row of the mutations' table
"""
import datetime
import os
import pathlib
import re
import subprocess
import sys

DOCUMENT = pathlib.Path(__file__).resolve().parents[1] / "docs" / "faults.md"
HEADS = {
    "faults": "| # | fault: what was counted | faults | publications | lost | duplicated | forged accepted | seconds to converge |\n|---|---|---|---|---|---|---|---|",
    "mutations": "| switched off | row that turned red | why |\n|---|---|---|",
}


def version(program, *arguments):
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout.strip()


def machine(root):
    rabbit = next(pathlib.Path(f"{root}/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*")).name.removeprefix("rabbitmq_server-")
    postgres = max(path.name for path in pathlib.Path(f"{root}/usr/lib/postgresql").iterdir())
    return f"{datetime.date.today()}, {os.cpu_count()} cores, RabbitMQ {rabbit}, PostgreSQL {postgres}, .NET SDK {version('dotnet', '--version')}"


def mutation(output, name):
    """The first red row of a run, and the first line of its reason."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", output.read_text(encoding="utf-8"))
    found = re.search(r"forged\(number: (\d+)\) \[FAIL\]\n\s*(.+)", text)
    row, why = found.groups() if found else ("none: the suite stays green", "-")
    return f"| {name.lower()} | {row} | {why.strip().replace('|', '/')[:160]} |"


def key(row):
    first = row.split("|")[1].strip()
    return int(first) if first.isdigit() else first


def rewrite(what, rows, root=""):
    """Puts a table between the section's two marks; rows that were not run again stay as they were."""
    section = f"{what} on Debian 13" if root else what
    document = DOCUMENT.read_text(encoding="utf-8")
    begin, end = f"<!-- {section} -->", f"<!-- end of {section} -->"
    before, inside, after = document.split(begin)[0], document.split(begin)[1].split(end)[0], document.split(end)[1]
    kept = [line for line in inside.splitlines() if line.startswith("| ") and not HEADS[what].startswith(line)]
    table = {key(line): line for line in kept + rows.strip().splitlines()}
    rows = "\n".join(table[number] for number in (sorted(table) if what == "faults" else table))
    DOCUMENT.write_text(f"{before}{begin}\n{machine(root)}.\n\n{HEADS[what]}\n{rows.strip()}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    what, path = sys.argv[1], pathlib.Path(sys.argv[2])
    if what == "mutation":
        print(mutation(path, sys.argv[3]))
    else:
        rewrite(what, path.read_text(encoding="utf-8"), *sys.argv[3:])
