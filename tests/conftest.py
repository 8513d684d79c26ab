"""Options of the test run. Long runs (marker `soak`) happen only with --soak, and then nothing else does."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support_desk import Preview

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Of a shell's background job, and of all that it starts: tests that interrupt a build would wait for ever.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-expectations", action="store_true", help="write what the parser found to expected.json")
    parser.addoption("--soak", action="store_true", help="the long runs instead of the tests")
    parser.addoption("--seconds", type=float, default=60.0, help="how long each soak run that has no fixed length goes")
    parser.addoption("--seed", type=int, default=None, help="repeat a soak run; each prints its seed")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("--soak")
    left_out = [item for item in items if ("soak" in item.keywords) != wanted]
    items[:] = [item for item in items if ("soak" in item.keywords) == wanted]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture
def seconds(request: pytest.FixtureRequest) -> float:
    """How long an open-ended run may go."""
    given: float = request.config.getoption("--seconds")
    return given


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """The dice of a soak run: thrown anew each time unless --seed is given, and printed."""
    given = request.config.getoption("--seed")
    seed = random.SystemRandom().randrange(10**9) if given is None else given
    print(f"\n{request.node.name}: --seed {seed}", flush=True)
    return random.Random(seed)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of the desk's site, one for all tests of a module that changes nothing which another of them reads."""
    from support_desk import Preview, make_site

    preview = Preview(make_site(tmp_path_factory.mktemp("site")))
    yield preview
    preview.close()
