from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-expectations", action="store_true", help="write what the parser found to expected.json")
