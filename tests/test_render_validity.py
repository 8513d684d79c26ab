"""The built site is valid: its pages by the Nu HTML checker, `briefing.json` by its published schema."""

import json
import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
import support_publication as support

SCHEMA = json.loads((support.TEMPLATES.parent / "docs/briefing.schema.json").read_text("utf-8"))
KINDS = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool,
         "null": type(None)}  # fmt: skip
KNOWN = {
    "$schema", "$defs", "$ref", "title", "description", "type", "const", "enum", "minimum", "required", "properties",
    "additionalProperties", "items",
}  # fmt: skip


def faults(value: Any, schema: Any, place: str = "$") -> list[str]:
    """How a value breaks a schema, which may use the few keywords that ours does."""
    assert set(schema) <= KNOWN, f"a keyword that this check does not know: {set(schema) - KNOWN}"
    if "$ref" in schema:
        return faults(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], place)
    messages = []
    kinds = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", [])
    if kinds and not any(isinstance(value, KINDS[kind]) for kind in kinds):
        return [f"{place}: {value!r} is no {kinds}"]
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        messages.append(f"{place}: {value!r} is not allowed")
    if isinstance(value, int) and value < schema.get("minimum", value):
        messages.append(f"{place}: {value!r} is too small")
    if isinstance(value, list):
        kind = schema.get("items", {})
        messages += [fault for n, item in enumerate(value) for fault in faults(item, kind, f"{place}.{n}")]
    if isinstance(value, dict):
        messages += _object_faults(value, schema, place)
    return messages


def _object_faults(value: dict[str, Any], schema: Any, place: str) -> list[str]:
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    messages = [f"{place}.{key}: is missing" for key in schema.get("required", []) if key not in value]
    for key, item in value.items():
        if key in properties:
            messages += faults(item, properties[key], f"{place}.{key}")
        elif others is False:
            messages.append(f"{place}.{key}: is not in the schema")
        elif others is not True:
            messages += faults(item, others, f"{place}.{key}")
    return messages


def test_the_file_of_all_briefings_keeps_its_schema() -> None:
    content = json.loads(support.build()["briefing.json"].content)
    assert faults(content, SCHEMA) == []
    assert faults(json.loads(support.build(support.publication([]))["briefing.json"].content), SCHEMA) == []


def test_the_schema_refuses_what_it_does_not_describe() -> None:
    content = json.loads(support.build()["briefing.json"].content)
    content["stories"][0]["editions"]["en"]["title"]["state"] = "perfect"
    del content["languages"]
    assert len(faults(content, SCHEMA)) == 2


OPTIONS = ("--also-check-css", "--also-check-svg", "--errors-only", "--format", "gnu", "--skip-non-html")
FAULTY = {
    "page.html": '<!DOCTYPE html><html lang="en"><title>x</title><p colour="red">x</html>',
    "style.css": "p { colour: red }",
    "image.svg": '<svg xmlns="http://www.w3.org/2000/svg"><circel r="1"/></svg>',
}


@pytest.fixture
def checker() -> list[str]:
    """The command of the Nu HTML checker: that of VNU_JAR, which must then run, or an installed `vnu`."""
    if jar := os.environ.get("VNU_JAR", ""):
        java = shutil.which("java")
        assert java and Path(jar).is_file(), "VNU_JAR asks for the Nu HTML checker, but the jar or Java is missing"
        return [java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss2m", "-jar", jar]
    if command := shutil.which("vnu"):
        return [command]
    what = "NOT RUN: the Nu HTML checker. Install Java and the npm package vnu-jar, and name its vnu.jar in VNU_JAR."
    warnings.warn(what, stacklevel=1)
    pytest.skip(what)


def test_the_nu_checker_finds_no_error_in_any_page_style_sheet_or_picture(checker: list[str], tmp_path: Path) -> None:
    """The shipped site and one of every state in one run, with faulty files that it must find."""
    support.write(tmp_path / "every-state", support.build())
    build = ["-m", "site_src", "build", "--frozen", "--out", str(tmp_path / "shipped"), "--cache", str(tmp_path / "c")]
    subprocess.run([sys.executable, *build], cwd=support.TEMPLATES.parent, check=True, capture_output=True)
    for name, content in FAULTY.items():
        (tmp_path / name).write_text(content, "utf-8")
    errors = subprocess.run([*checker, *OPTIONS, str(tmp_path)], capture_output=True, text=True, check=False).stderr
    files = {line.split('"')[1].removeprefix(f"file:{tmp_path}/") for line in errors.split("\n") if line}
    assert files == set(FAULTY), errors[:4000]
