#!/usr/bin/env python3
"""Prints the HTTP API as one page of Markdown, from api/openapi.json."""

import json
import sys


def name_of(schema):
    """A short word for a schema: the struct's name, or its plain type."""
    if not schema:
        return ""
    if "$ref" in schema:
        struct = schema["$ref"].rsplit("/", 1)[1]
        return f"[{struct}](#{struct.lower()})"
    if "enum" in schema:
        return " \\| ".join(f"`{value}`" for value in schema["enum"])
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " or ".join(name_of(one) for one in schema[key])
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        return " or ".join(kind)
    if kind == "array":
        return f"list of {name_of(schema.get('items', {}))}"
    return schema.get("format", kind)


def body_schema(part):
    return (part or {}).get("content", {}).get("application/json", {}).get("schema", {})


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        document = json.load(file)
    print("# HTTP API\n\nGenerated from the C++ types by `script/generate`; do not edit.\n")
    print("Errors are `application/problem+json` (RFC 9457) with a stable `code`. Ids are strings of digits, instants RFC 3339.\n")
    print("| method, path | who | takes | answers | what it does |\n|---|---|---|---|---|")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            answer = next((v for k, v in operation["responses"].items() if k.startswith("2")), {})
            content = answer.get("content", {})
            schema = next(iter(content.values()), {}).get("schema", {}) if content else {}
            roles = operation.get("x-roles", "")
            roles = ", ".join(roles) if isinstance(roles, list) else roles
            print(f"| {method.upper()} `{path}` | {roles} | {name_of(body_schema(operation.get('requestBody')))} | {name_of(schema)} | {operation.get('summary', '')} |")
    print("\n## Types")
    for struct, schema in sorted(document.get("components", {}).get("schemas", {}).items()):
        required = set(schema.get("required", []))
        print(f"\n### {struct}\n")
        if "properties" not in schema:
            print(name_of(schema))
            continue
        print("| field | type | |\n|---|---|---|")
        for field, kind in schema["properties"].items():
            print(f"| `{field}` | {name_of(kind)} | {'' if field in required else 'optional'} |")


main()
