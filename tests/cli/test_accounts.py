"""sources add set remove check connectors: accounts, whose secrets are elsewhere."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pexpect
import pytest

from cli.running import Run
from keyrings import InFile

pytestmark = pytest.mark.usefixtures("installed")

DESK = ("sources", "add", "desk", "help", "host=desk.example", "user=ann")


def written(db: Path, name: str = "help") -> Mapping[str, Any]:
    """A source as it stands in the settings."""
    found = tomllib.loads(db.with_suffix(".toml").read_text())["sources"]
    source: Mapping[str, Any] = found[name]
    return source


class Person:
    """Somebody at a terminal, typing a command and answering what it asks."""

    def __init__(self, db: Path, installed: Path) -> None:
        self.db = db
        self.path = [str(installed), *sys.path]
        self.code: int | None = None

    def types(self, *words: str, answers: Mapping[str, str]) -> str:
        """All that was on the terminal; each answer waits for its question."""
        env = {"PYTHONPATH": os.pathsep.join(self.path), "TERM": "xterm-256color"}
        child = pexpect.spawn(
            sys.executable, ["-m", "triage", "--db", str(self.db), *words],
            env=os.environ | env, timeout=20, encoding="utf-8", dimensions=(40, 100),
        )  # fmt: skip
        seen: str = ""
        for question, answer in answers.items():
            child.expect_exact(question)
            seen += child.before + question
            child.expect(r": $")
            seen += child.before
            # getpass throws away what was typed before it is ready.
            child.sendline(answer)
        seen += child.read()
        child.close()
        self.code = child.exitstatus
        return seen


@pytest.fixture
def person(run: Run, db: Path, installed: Path) -> Person:
    del run  # whose settings are those of the test
    return Person(db, installed)


def test_what_is_missing_is_asked(person: Person, ring: InFile, db: Path) -> None:
    """At a terminal settings are asked for with their meaning; a secret does not show."""
    seen = person.types(
        "sources", "add", "desk", "help", "--preset", "acme",
        answers={"user": "ann", "password": "c4nary-pw"},
    )  # fmt: skip
    assert person.code == 0, seen
    assert "Acme wants an app password" in seen
    assert "Who signs in, as the desk spells them." in seen
    assert "c4nary" not in seen
    assert written(db) == {
        "connector": "desk", "host": "desk.acme.example", "port": 8443, "user": "ann",
        "password": "keyring:triage/work:help:password",
    }  # fmt: skip
    assert ring.all() == {"triage/work:help:password": "c4nary-pw"}
    assert "keyring:triage/work:help:password" in seen


def test_without_a_keyring_it_is_a_file(
    person: Person, db: Path, tmp_path: Path
) -> None:
    """On a machine without a keyring the secret is in a file of the person's own."""
    seen = person.types(
        "sources", "add", "desk", "help", "host=x", "user=ann",
        answers={"password": "c4nary-pw"},
    )  # fmt: skip
    path = tmp_path / "home" / "secrets" / "work-help-password"
    assert written(db)["password"] == f"file:{path}"
    assert path.read_text() == "c4nary-pw\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert "c4nary" not in seen


def test_a_reference_may_be_typed(person: Person, ring: InFile, db: Path) -> None:
    """Whoever keeps secrets elsewhere says where, and nothing is kept."""
    person.types(
        "sources", "add", "desk", "help", "host=x", "user=ann",
        answers={"password": "command:pass show help"},
    )  # fmt: skip
    assert written(db)["password"] == "command:pass show help"
    assert ring.all() == {}


def test_a_secret_may_be_left_out(person: Person, ring: InFile, db: Path) -> None:
    """Enter leaves out a secret that has a default; a needed one is asked for again."""
    person.types(
        "sources", "add", "desk", "help", "host=x", "user=ann", answers={"password": ""}
    )
    assert "password" not in written(db)
    seen = person.types("sources", "add", "keyonly", "k", answers={"key": "c4nary-key"})
    assert "enter for none" not in seen
    assert ring.all() == {"triage/work:k:key": "c4nary-key"}


def test_what_does_not_fit_is_asked_again(person: Person, db: Path) -> None:
    """An answer of the wrong kind is told at once, and asked for anew."""
    person.types(
        "sources", "add", "desk", "help", "host=x", "user=ann", answers={"password": ""}
    )
    answers = {"port": "many", "does not fit: invalid": "993"}
    person.types("sources", "set", "help", "port", answers=answers)
    assert written(db)["port"] == "993"


def test_what_other_settings_make_necessary(person: Person, db: Path) -> None:
    """A setting the connector misses is asked for; what cannot fit is told first."""
    base = ("sources", "add", "desk", "help", "host=x", "user=ann", "manner=device")
    person.types(*base, answers={"issuer": "https://x", "password": ""})
    assert written(db)["issuer"] == "https://x"
    seen = person.types(*base[:3], "odd", *base[4:], "port=x", answers={})
    assert "the setting port='x' does not fit" in seen
    assert "password" not in seen


def test_an_account_of_oauth_is_asked_for_no_password(
    person: Person, ring: InFile, db: Path
) -> None:
    """With a client of one's own, its secret is asked for, and what comes next is told."""
    seen = person.types(
        "sources", "add", "desk", "help", "host=x", "user=ann", "client_id=c1",
        answers={"client_secret": "c4nary-cs"},
    )  # fmt: skip
    assert "password" not in seen
    assert "`triage sources sign-in help`" in seen
    assert set(ring.all()) == {"triage/work:help:client_secret"}
    assert "token" not in written(db)


def test_a_server_that_asks_for_no_password(person: Person, db: Path) -> None:
    """Where nobody signs in (auth=none), no password is asked for."""
    seen = person.types(
        "sources", "add", "smtp", "post", "host=127.0.0.1", "security=none",
        "auth=none", "address=mara@studio.example", answers={},
    )  # fmt: skip
    assert person.code == 0, seen
    assert written(db, "post")["auth"] == "none"


def test_stopping_while_asked_leaves_nothing(
    person: Person, ring: InFile, db: Path
) -> None:
    """Ctrl-C at a question makes neither source, secret nor workspace."""
    seen = person.types(
        "sources", "add", "desk", "help", "host=x", answers={"user": "\x03"}
    )
    assert person.code == 130, seen
    assert not db.exists()
    assert not db.with_suffix(".toml").exists()
    assert ring.all() == {}


def test_nobody_is_there_to_ask(run: Run, db: Path) -> None:
    """In a pipe every setting that is missing is named at once, and nothing is made."""
    told = run("sources", "add", "desk", "help", "--json")
    assert (told.code, told.out) == (2, "")
    assert "the settings host, user are missing; add host=… user=…" in told.err
    told = run("sources", "add", "keyonly", "k")
    assert "the setting key is missing; add key=env:NAME" in told.err
    assert not db.exists()
    run(*DESK)
    told = run("sources", "set", "help", "password")
    assert told.code == 2
    assert "password=env:NAME" in told.err


def test_a_secret_on_the_command_line(run: Run, ring: InFile, db: Path) -> None:
    """It is kept by reference all the same, and the person is told shells remember."""
    told = run(*DESK, "password=c4nary-pw", "--json")
    assert told.json["name"] == "help"
    assert "shells remember" in told.err
    assert "c4nary" not in told.out + told.err
    assert written(db)["password"] == "keyring:triage/work:help:password"
    assert ring.all() == {"triage/work:help:password": "c4nary-pw"}


def test_paths_of_secrets_are_kept_whole(
    run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative file: begins where the person stands, as every path they type does."""
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    run(*DESK, "password=file:pw")
    assert written(db)["password"] == f"file:{tmp_path}/deep/pw"


def test_a_setting_is_changed_and_taken_away(run: Run, ring: InFile, db: Path) -> None:
    """set changes what it is told, keeps the rest and the comments beside it."""
    run(*DESK, "password=pw1", "port=1")
    toml = db.with_suffix(".toml")
    toml.write_text(toml.read_text().replace("[sources.help]", "[sources.help] # mine"))
    told = run("sources", "set", "help", "host=new.example", "port=", "password=pw2")
    assert told.code == 0, told
    assert "# mine" in toml.read_text()
    assert written(db) == {
        "connector": "desk", "host": "new.example", "user": "ann",
        "password": "keyring:triage/work:help:password",
    }  # fmt: skip
    assert ring.all() == {"triage/work:help:password": "pw2"}
    told = run("sources", "set", "help", "password=env:DESK_PW")
    assert "nothing is kept in keyring:triage/work:help:password any more" in told.err
    assert ring.all() == {}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("help", "hst=x"), "did you mean host"), (("help", "prt="), "no setting prt"),
        (("help", "host="), "'host' is missing"), (("help", "port=x"), "does not fit"),
        (("help", "nonsense"), "no setting 'nonsense'"), (("other", "a=b"), "no source"),
        (("help",), "Missing argument"),
    ],
)  # fmt: skip
def test_a_change_that_does_not_fit(
    run: Run, db: Path, words: tuple[str, ...], says: str
) -> None:
    """What does not fit changes nothing."""
    run(*DESK)
    before = db.with_suffix(".toml").read_bytes()
    told = run("sources", "set", *words)
    assert told.code == 2
    assert says in told.err
    assert db.with_suffix(".toml").read_bytes() == before


def test_a_removed_source_leaves_no_secret(run: Run, ring: InFile, db: Path) -> None:
    """What was kept for it goes with it; what somebody else uses, or kept, stays."""
    ring.set_password("mail", "ann", "own")
    run(*DESK, "password=pw1", "client_id=c", "token=keyring:mail/ann")
    toml = db.with_suffix(".toml")
    again = toml.read_text().partition("[sources.help]")[2].replace('ann"', 'bob"', 1)
    toml.write_text(f"{toml.read_text()}\n[sources.twin]{again}")
    assert run("sources", "remove", "help", "--json").json["forgotten"] == []
    assert ring.all() == {"triage/work:help:password": "pw1", "mail/ann": "own"}
    run("sources", "add", "keyonly", "k", "key=pw2")
    told = run("sources", "remove", "k")
    assert "nothing is kept in keyring:triage/work:k:key any more" in told.err
    assert ring.all() == {"triage/work:help:password": "pw1", "mail/ann": "own"}


def test_a_source_whose_connector_went_is_removed(
    run: Run, ring: InFile, db: Path
) -> None:
    """Its secret goes too, though nobody can tell which settings were secrets."""
    run(*DESK, "password=pw1")
    toml = db.with_suffix(".toml")
    toml.write_text(toml.read_text().replace('"desk"', '"gone"'))
    assert run("sources", "remove", "help").code == 0
    assert ring.all() == {}


def test_a_name_that_is_taken_keeps_no_secret(run: Run, ring: InFile) -> None:
    """A source that cannot be added leaves nothing in the keyring."""
    run(*DESK)
    for words in (("port=x",), (), ("nonsense=x",)):
        assert run(*DESK, "password=pw1", *words).code == 2
    assert ring.all() == {}


def test_a_preset_nobody_knows(run: Run) -> None:
    """The presets there are, or that there are none, are told."""
    assert "there are: acme" in run(*DESK, "--preset", "acmee").err
    told = run("sources", "add", "csv", "x", "path=y", "--preset", "gmail")
    assert (told.code, "there are: none" in told.err) == (2, True)


def test_what_a_preset_says_can_be_said_otherwise(run: Run, db: Path) -> None:
    """A setting that is told wins over the preset's."""
    run(*DESK, "--preset", "acme")
    assert (written(db)["host"], written(db)["port"]) == ("desk.example", 8443)


def test_check_says_what_is_there(run: Run, ring: InFile) -> None:
    """A source that can tell is asked: whose it is, what it can do, how long it takes."""
    run(*DESK, "password=right")
    told = run("sources", "check", "help")
    assert told.code == 0, told
    assert told.out.splitlines() == [
        "help: ann at desk.example",
        "can      IDLE",
        "folders  INBOX, Sent",
        "12,034 feedback waiting there; the first sync will take about 4 min",
    ]
    document = run("sources", "check", "help", "--json").json
    assert document["report"] == {
        "account": "ann at desk.example", "waiting": 12034, "seconds": 250,
        "facts": {"can": "IDLE", "folders": "INBOX, Sent"},
    }  # fmt: skip
    assert (document["problem"], document["pulled"]) == ("", False)
    assert "the export fails" in run("sources", "check", "help", "--rows").out
    document = run("sources", "check", "help", "--rows", "--json").json
    assert (document["pulled"], len(document["rows"])) == (True, 1)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("password=env:NOT_THERE_AT_ALL",), "nothing is in the environment"),
        (("password=keyring:mail/ann",), "`keyring set mail ann`"),
        (("password=file:/not/there",), "cannot be read"),
        (("password=command:false",), "run it in a shell"),
        (("password=env:HOME",), "whether it has to be an app password"),
        (("manner=down", "password=env:HOME"), "try again later"),
        (("client_id=c", "issuer=https://x"), "sources sign-in"),
    ],
)
@pytest.mark.usefixtures("ring")
def test_check_says_what_to_do(run: Run, words: tuple[str, ...], says: str) -> None:
    """Whatever is wrong is one line and exit code 1, in words and as JSON."""
    assert run(*DESK, *words).code == 0
    told = run("sources", "check", "help")
    assert (told.code, told.out) == (1, "")
    assert said_once(told.err, says)
    told = run("sources", "check", "help", "--json")
    assert told.code == 1
    assert says in told.json["problem"]
    assert told.json["report"] is None


def said_once(printed: str, says: str) -> bool:
    return len(printed.splitlines()) == 1 and says in printed


def test_no_command_is_taken_from_others(run: Run, db: Path) -> None:
    """Where others may write into the settings, no command in them is run."""
    run(*DESK, "password=command:echo right")
    assert run("sources", "check", "help").code == 0
    db.with_suffix(".toml").chmod(0o666)
    told = run("sources", "check", "help")
    assert (told.code, "no command in it is run" in told.err) == (1, True)


def test_a_plain_secret_works_and_is_told(run: Run, db: Path) -> None:
    """Somebody who writes a secret into the settings may; check and doctor say so."""
    run(*DESK)
    toml = db.with_suffix(".toml")
    toml.write_text(toml.read_text() + 'password = "right"\n')
    told = run("sources", "check", "help")
    assert told.code == 0
    assert "`triage sources set help password` keeps it elsewhere" in told.err
    doctor = run("doctor", "--json")
    assert doctor.code == 0
    assert "password of help" in doctor.json["secrets"]
    toml.chmod(0o644)
    doctor = run("doctor")
    assert doctor.code == 1
    assert f"chmod 600 {toml}" in doctor.err
    assert "right" not in doctor.out + doctor.err


def test_doctor_looks_no_secret_up(run: Run, db: Path) -> None:
    """A reference that leads nowhere here may lead somewhere in the cron job."""
    run(*DESK, "password=env:NOT_THERE_AT_ALL")
    assert run("doctor", "--json").json["secrets"] == "ok"
    assert run("sources", "list").code == 0


def test_connectors_explain_themselves(run: Run) -> None:
    """Each is listed with what it reads; by name, with every setting and its meaning."""
    assert "A made-up help desk" in run("sources", "connectors").out
    told = run("sources", "connectors", "desk").out
    assert "text, needed. Who signs in, as the desk spells them." in told
    assert "number, 443. Where it listens." in told
    assert "Acme wants an app password" in told
    listed = run("sources", "connectors", "--json").json["connectors"]
    assert {"csv", "desk", "maildir"} <= {one["name"] for one in listed}
    told = run("sources", "connectors", "desk", "--json").json["connectors"][0]
    assert told["presets"] == [
        {"name": "acme", "hint": "Acme wants an app password: make one first."}
    ]
    assert run("sources", "connectors", "dsk").code == 2
    assert "A made-up help desk" in run("sources", "add", "--help").out


def test_names_are_json_too(run: Run, ring: InFile) -> None:
    """Adding as JSON prints one document and nothing of the secret."""
    told = run(*DESK, "password=c4nary-pw", "--json")
    assert list(json.loads(told.out)) == list(told.json)
    assert "c4nary" not in json.dumps(run("sources", "list", "--json").json)
    del ring


def test_a_table_is_set_entry_by_entry(run: Run, db: Path) -> None:
    """fields.plan=NAME maps one field, beside those mapped before; empty, it goes."""
    typed = ("subdomain=acme", "token=env:NOWHERE", "fields.plan=organization.plan")
    assert run("sources", "add", "zendesk", "desk", *typed).code == 0
    assert run("sources", "set", "desk", "fields.version=360001").code == 0
    settings = tomllib.loads(db.with_suffix(".toml").read_text())["sources"]["desk"]
    assert settings["fields"] == {"plan": "organization.plan", "version": "360001"}
    assert run("sources", "set", "desk", "fields.plan=").code == 0
    settings = tomllib.loads(db.with_suffix(".toml").read_text())["sources"]["desk"]
    assert settings["fields"] == {"version": "360001"}
    told = run("sources", "set", "desk", "fields=plan")
    assert told.code == 2
    assert "fields.NAME=VALUE" in told.err
