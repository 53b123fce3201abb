"""`cradle schedule rules`: what each dose rests on, as a clinician reads it before she signs."""

import pytest
from typer.testing import CliRunner, Result

from app.command_line import program


def rules(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["schedule", "rules", *arguments])


@pytest.fixture(autouse=True)
def wide_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.schedule_rules.out.width", 400)


def test_each_dose_has_its_documents_its_certainty_and_a_note() -> None:
    done = rules("vn-epi")
    (birth,) = (line for line in done.output.splitlines() if "hepb_birth 1" in line)
    for words in ("HEPB0", "Thông tư 13/2026/TT-BYT", "memory", "The maximum age is practice, from memory."):
        assert words in birth
    (bcg,) = (line for line in done.output.splitlines() if "bcg 1" in line)
    assert "10/2024/TT-BYT (circular on vaccination) (no longer in force: Thông tư 13/2026/TT-BYT" in bcg


def test_every_series_of_a_group_is_named() -> None:
    done = rules("cn-nip", "2026-06-draft")
    assert all(f" {dose} " in done.output for dose in ("je_live 2", "je_inactivated 4", "hpv 2"))


@pytest.mark.parametrize("named", [("vn-hepb",), ("vn-epi", "1999")])
def test_a_schedule_that_is_not_there_is_refused_in_words(named: tuple[str, ...]) -> None:
    done = rules(*named)
    assert (done.exit_code, " ".join(named) in done.output) == (2, True)
