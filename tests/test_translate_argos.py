"""The Argos engine: a real package through the code path of a build, and what happens when it is a bad one."""

import os
import shutil
import signal
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
from support_translate import brief, load_memory, renderings

from site_src.settings import Settings, Site, Translation
from site_src.text.names import NameBook
from site_src.translate.editions import Translated, make_editions
from site_src.translate.engines import EngineError, Output, first_engine
from site_src.translate.engines.argos import Argos, batches
from site_src.translate.packages import manage
from site_src.translate.save import save_edits

HERE = Path(__file__).parent / "argos"
PAIRS = [tuple(line.split("\t")) for line in (HERE / "pairs.tsv").read_text("utf-8").splitlines()]
ENGLISH = dict(PAIRS)
UNSEEN = "وذكر الصيادون في القرية أن الأمواج حطمت 14 قاربا قبل أن تهدأ الرياح صباح اليوم التالي"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with the tiny package installed and a user who has none."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "users"))
    manage.install_file(HERE / "tiny.argosmodel", tmp_path / "models")
    return tmp_path


def outputs(engine: Argos, *sentences: str) -> list[Output]:
    return [output for _, output in sorted(chain.from_iterable(engine.translate(sentences, "ar", "en")))]


def build(site: Path, *sentences: str, title: str = PAIRS[10][0], **options: object) -> Translated:
    memory = load_memory(site / "po", "en")
    settings = Settings(site=Site(languages=("en",)))
    engine = first_engine(settings.translation, site, "ar", "en")
    made = make_editions((brief(*sentences, title=title),), settings, [memory], engine, NameBook.build(()), **options)
    save_edits(site / "po", made.edits)
    return made


def test_every_sentence_the_package_knows_comes_out_right(site: Path) -> None:
    done = outputs(Argos(Translation(), site), *(arabic for arabic, _ in PAIRS))
    assert [output.text for output in done] == [english for _, english in PAIRS]
    assert all(output.score is not None and -0.5 < output.score <= 0 for output in done)


@pytest.mark.parametrize("beam", [1, 2, 4])
def test_patience_keeps_the_beam_from_ending_early(site: Path, beam: int) -> None:
    done = outputs(Argos(Translation(beam=beam), site), *(arabic for arabic, _ in PAIRS[:20]))
    assert [output.text for output in done] == [english for _, english in PAIRS[:20]]


def test_an_unseen_article_is_translated_labelled_and_remembered(site: Path) -> None:
    known = [arabic for arabic, _ in PAIRS[3:6]]
    made = build(site, *known)
    assert made.translated == 4
    assert renderings(made)[known[0]] == ("machine", "machine", ENGLISH[known[0]])
    engines = {rendering.engine for rendering in made.editions[0].stories[0].renderings}
    assert engines == {"Argos Translate, Arabic-English package 0.1"}
    again = build(site, *known)
    assert (again.translated, again.remembered, again.edits) == (0, 4, ())


def test_nonsense_is_withheld_with_its_reasons(site: Path) -> None:
    found = build(site, UNSEEN).editions[0].stories[0].sentences[0]
    assert (found.state, found.text) == ("withheld", "")
    assert any(finding.severity == "error" for finding in found.findings)


def test_from_machine_to_approved_to_draft_to_stale(site: Path) -> None:
    source, english = PAIRS[3]
    path = site / "po" / "ferry.en.po"
    assert renderings(build(site, source))[source][0] == "machine"
    machine = path.read_text("utf-8")
    marked = f'#, fuzzy\nmsgid "{source}"'
    path.write_text(machine.replace(marked, marked.removeprefix("#, fuzzy\n")), "utf-8")
    assert renderings(build(site, source))[source] == ("approved", "editor", english)
    path.write_text(machine.replace(english, f"{english} Indeed."), "utf-8")
    assert renderings(build(site, source, redo=True))[source] == ("draft", "editor", "")
    assert f"{english} Indeed." in path.read_text("utf-8")
    changed = source.replace("مساء", "صباح")
    assert renderings(build(site, changed))[changed] == ("stale", "editor", "")


def test_a_sentence_of_five_thousand_words_is_left_pending_with_the_reason(site: Path) -> None:
    output, known = outputs(Argos(Translation(), site), "كلمة " * 5000, PAIRS[0][0])
    assert (output.text, known.text) == ("", PAIRS[0][1])
    assert "longer than 200 words" in output.why


def test_a_sentence_too_long_for_the_model_costs_only_itself(site: Path) -> None:
    long = "وقال الرئيس إن العلاقة بين البلدين قوية " * 60
    settings = Translation(length_cap=0.1, max_source_words=1000)
    output, known = outputs(Argos(settings, site), long, PAIRS[10][0])
    assert "refused the sentence" in output.why
    assert known.text == PAIRS[10][1]


def test_a_model_that_does_not_end_is_cut_and_said_to_be(site: Path) -> None:
    settings = Translation(length_cap=0.0)
    arabic, english = max(PAIRS, key=lambda pair: len(pair[1]))
    output = outputs(Argos(settings, site), arabic)[0]
    assert output.why == "the model did not end within 20 tokens"
    assert english.startswith(output.text[:20])


def test_nothing_and_controls_translate_to_a_reason_and_not_to_a_crash(site: Path) -> None:
    for output in outputs(Argos(Translation(), site), "", " ", "\x00", "\ud800"):
        assert output.text or output.why


def test_a_package_for_another_direction_is_not_used(site: Path) -> None:
    with pytest.raises(EngineError, match="no Argos package translates en to ar"):
        Argos(Translation(), site).describe("en", "ar")
    assert first_engine(Translation(), site, "en", "ar") is None


def test_a_package_that_changed_since_it_was_installed_is_not_loaded(site: Path) -> None:
    (site / "models" / "translate-ar_en-0_1" / "model" / "model.bin").write_bytes(b"corrupt")
    made = build(site, PAIRS[3][0])
    assert made.pending == 2
    assert "model/model.bin differ from models.lock" in made.notes[0]


def test_a_corrupt_package_of_the_users_is_named_and_the_build_goes_on(site: Path) -> None:
    shutil.move(site / "models" / "translate-ar_en-0_1", site / "users" / "any-name")
    (site / "users" / "any-name" / "model" / "model.bin").write_bytes(b"corrupt")
    made = build(site, PAIRS[3][0])
    assert made.pending == 2
    assert "any-name cannot be loaded" in made.notes[0]


def test_batches_are_sorted_bounded_and_leave_no_worker_idle() -> None:
    lengths = {place: 3 + place * 7 % 40 for place in range(100)}
    made = batches(lengths, workers=2, most=200)
    assert sorted(chain.from_iterable(batch.sentences for batch in made)) == list(range(100))
    assert all(batch.longest * len(batch.sentences) <= 200 for batch in made)
    assert [batch.longest for batch in made] == sorted((batch.longest for batch in made), reverse=True)
    assert len(batches(dict.fromkeys(range(8), 10), workers=4)) == 4
    assert batches({0: 5000}, workers=2)[0].sentences == (0,)


PROOF = """
import sys
from pathlib import Path
from site_src.settings import Translation
from site_src.translate.engines.argos import Argos
parts = list(Argos(Translation(), Path(sys.argv[1])).translate([sys.argv[2]], "ar", "en"))
print(parts[0][0][1].text)
print(sorted({name.split(".")[0] for name in sys.modules} & {"onnxruntime", "minisbd", "stanza", "spacy", "torch"}))
"""


def test_no_splitter_and_no_telemetry_is_imported_and_nothing_written_in_the_home(site: Path) -> None:
    home = site / "home"
    home.mkdir()
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "ARGOS_", "ORT_"))}
    run = subprocess.run(
        [sys.executable, "-c", PROOF, str(site), PAIRS[0][0]], check=True, capture_output=True, text=True,
        env=clean | {"HOME": str(home)}, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert run.stdout.splitlines() == [PAIRS[0][1], "[]"]
    assert list(home.iterdir()) == []


REMEMBERED = """
import sys
from pathlib import Path
sys.path.insert(0, "tests")
from test_translate_argos import build, PAIRS
made = build(Path(sys.argv[1]), PAIRS[3][0])
print(made.remembered)
engines = {"ctranslate2", "argostranslate", "numpy", "sentencepiece"}
print(sorted({name.split(".")[0] for name in sys.modules} & engines))
"""


def test_a_build_that_remembers_everything_imports_no_engine(site: Path) -> None:
    build(site, PAIRS[3][0])
    run = subprocess.run([sys.executable, "-c", REMEMBERED, str(site)], check=True, capture_output=True, text=True,
                         env=os.environ | {"PYTHONPATH": "."}, cwd=Path(__file__).parents[1])  # fmt: skip
    assert run.stdout.splitlines() == ["2", "[]"]


INTERRUPTED = """
import sys, time
from pathlib import Path
sys.path.insert(0, "tests")
from site_src.translate.save import save_edits
from test_translate_argos import build, PAIRS
def progress(so_far):
    print(so_far.done, flush=True)
    time.sleep(50)
site = Path(sys.argv[1])
build(site, *(arabic for arabic, _ in PAIRS), progress=progress, keep=lambda edits: save_edits(site / "po", edits))
"""


def test_ctrl_c_keeps_what_is_done_and_the_next_build_goes_on(site: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, str(site)],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
        env=os.environ | {"PYTHONPATH": "."},
    )
    assert process.stdout is not None
    done = int(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    assert "KeyboardInterrupt" in process.communicate(timeout=60)[1]
    states = [entry.state for entry in load_memory(site / "po", "en").files["ferry"].entries]
    assert (states.count("machine"), states.count("pending")) == (done, len(PAIRS) - done)
    later = build(site, *(arabic for arabic, _ in PAIRS))
    assert (later.remembered, later.translated, later.pending) == (done, len(PAIRS) - done, 0)
