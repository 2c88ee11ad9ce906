"""Validates each example against the schema of its record, and each schema against JSON Schema 2020-12. One line per failure; exit code 1 when there is one, 2 without jsonschema."""
import json
import pathlib
import sys
import warnings

try:
    from jsonschema import Draft202012Validator, FormatChecker
    try:
        # From jsonschema 4.18 on; RefResolver follows no relative references between $ids there.
        from referencing import Registry, Resource
    except ImportError:
        Registry = None
        warnings.simplefilter("ignore", DeprecationWarning)
        from jsonschema import RefResolver
except ImportError as error:
    print(f"python3-jsonschema with JSON Schema 2020-12 is missing: {error}")
    sys.exit(2)

RECORDS = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[3] / "contracts" / "Interclustering.Contracts")
failures, checked = [], 0


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


schemas = {path.name.removesuffix(".schema.json"): read(path) for path in RECORDS.rglob("*.schema.json")}
store = {schema["$id"]: schema for schema in schemas.values()}
registry = Registry and Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in store.items())
for record, schema in schemas.items():
    Draft202012Validator.check_schema(schema)


def errors(record, value):
    refs = {"registry": registry} if Registry else {"resolver": RefResolver(schemas[record]["$id"], schemas[record], store=store)}
    validator = Draft202012Validator(schemas[record], **refs, format_checker=FormatChecker())
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"[:300] for error in validator.iter_errors(value)]


for path in sorted(RECORDS.rglob("examples/*.json")):
    checked += 1
    failures += [f"{path.name}: {error}" for error in errors(path.name.split(".")[0], read(path))]

# What must not validate, so that a schema that accepts everything is noticed.
for case in read(pathlib.Path(__file__).with_name("invalid-examples.json")):
    checked += 1
    example = read(next(RECORDS.rglob(f"examples/{case['example']}")))
    for name in case.get("remove", []):
        del example[name]
    example.update(case.get("set", {}))
    if not errors(case["example"].split(".")[0], example):
        failures.append(f"{case['example']} validates with {case['what']}")

print(f"{checked} checked, {len(failures)} failed")
print("\n".join(failures))
sys.exit(1 if failures else 0)
