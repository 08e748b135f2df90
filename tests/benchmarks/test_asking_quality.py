"""Tests of the evaluation of questions: the simulated person, the folders, and the page."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from isnmf_gui.session.document.guidance import Box
from tests.benchmarks import asking_quality
from tests.benchmarks.painting.takes import Take
from tests.benchmarks.quality.answering import Person, Session, State
from tests.benchmarks.quality.asking_page import Result, table, write_page
from tests.session.grouping.scenes import RATE, SOURCES, TONES_HZ, run_of, tones


def sources() -> dict[str, np.ndarray]:
    made = [it.astype(np.float32) for it in tones()]
    return {
        name: sum(it for it, of in zip(made, SOURCES, strict=True) if of == source)
        for source, name in enumerate(("low", "high"))
    }


def result(name: str, db: float) -> Result:
    states = {n: State(db + n, 0.5 + db / 10, 0.6 + db / 10, n) for n in (0, 4)}
    return Result(name, states, {n: State(db, 0.5, 0.5, 0) for n in (0, 4)})


@pytest.fixture(scope="module")
def session() -> Session:
    stems = sources()
    separation = run_of(tones()).separation
    return Session(separation, Take(separation.recording, stems), by_ear=True)


def test_the_person_names_what_is_heard_and_says_when_it_is_mixed() -> None:
    person = Person(run_of(tones()).separation, list(sources().values()))
    for hertz, source in zip(TONES_HZ, SOURCES, strict=True):
        assert person.answer(Box(0.0, 6.0, hertz * 0.95, hertz * 1.05)) == source
    low = sources()["low"]
    for factor, answer in ((0.4, 0), (0.6, None)):  # 8 and 4.4 dB below
        person = Person(run_of(tones()).separation, [low, low * factor])
        assert person.answer(Box(0.0, 6.0, 100.0, 3000.0)) == answer


def test_answers_bring_the_sources_nearer_to_the_stems(session: Session) -> None:
    before = session.state()
    for _ in range(6):
        assert session.ask()
    after = session.state()
    assert len(session.run.strokes) + after.n_mixed == session.asking.n_asked == 6
    assert after.right >= before.right
    assert after.right > 0.95
    assert after.improvement_db > 20
    assert after.certainty > before.certainty


def test_the_page_keeps_the_words_around_its_tables(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    write_page(page, "own", [result("one", 1.0)])
    page.write_text(page.read_text() + "\nWords.\n")
    write_page(page, "others", [result("two", 2.0)])
    write_page(page, "own", [result("one", 3.0), result("three", 5.0), result("four", 7.0)])
    text = page.read_text()
    assert text.count("<!-- own -->") == 1
    assert "| one | 3.0 | 7.0 | 4.0 | 0.80 | 0.90 |" in text
    assert "| **mean** | 5.0 | 9.0 | 4.0 | 1.00 | 1.10 |" in text
    assert "| *named by answers* | 5.0 | 5.0 |" in text
    assert "1.00 at 0, 1.00 at 4 questions" in text
    assert text.index("Words.") < text.index("| two |")
    assert "mean" not in table([result("one", 1.0)])


def test_the_command_asks_about_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, page = tmp_path / "takes", tmp_path / "page.md"
    (folder / "song").mkdir(parents=True)
    for name, samples in {"mix": sum(sources().values()), **sources()}.items():
        stem = name if name == "mix" else f"stem_{name}"
        soundfile.write(folder / "song" / f"{stem}.wav", samples, RATE, "FLOAT")
    command = ["--recordings", str(folder), "--page", str(page), "--bases", "6"]
    command += ["--iterations", "20", "--questions", "0", "3"]
    assert asking_quality.main(command) == 0
    assert "<!-- takes -->\n| recording | 0 | 3 |" in page.read_text()
    assert "| song |" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        asking_quality.main(["--recordings", str(tmp_path / "nowhere")])
