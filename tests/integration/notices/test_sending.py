"""The command that sends: through a real mail server, nothing twice, nothing lost, nobody in another's way."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.notices.conftest import Send
from tests.support.builders.audits import a_concern, an_audit, answered
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan
from tests.support.mail_server import Postbox, texts
from tracker.core import clock
from tracker.notices.commands import outbox
from tracker.notices.models import Notice
from tracker.notices.rules.vocabulary import NoticeState
from tracker.people.models import Person
from tracker.people.rules import Role

Lead = Callable[..., Person]


def stored(session: Session) -> list[Notice]:
    session.expire_all()
    return list(session.scalars(select(Notice).order_by(Notice.id)))


@pytest.mark.both_databases
def test_each_lead_gets_one_mail_a_day_however_often_the_command_runs(
    postbox: Postbox, send: Send, lead: Lead, session: Session
) -> None:
    tom, grace = lead("Tom Whitcombe", actions=3), lead("Grace Adeyemi")
    code, said = send()
    assert (code, said) == (0, "2 mails written for 26 November 2026.\n2 mails sent.\n")
    assert send() == (0, "0 mails written for 26 November 2026.\n0 mails sent.\n")
    assert sorted(postbox.addresses) == sorted([tom.email, grace.email])
    assert {notice.state for notice in stored(session)} == {NoticeState.SENT}


def test_a_mail_is_plain_has_both_parts_and_says_that_a_machine_sent_it(
    postbox: Postbox, send: Send, lead: Lead
) -> None:
    lead("Grace Adeyemi")
    send()
    mail = postbox.mails[0]
    assert mail["Subject"] == "1.1 Work 1 of Grace Adeyemi: your update is due by 5pm on Friday 27 November"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert parseaddr(mail["From"]) == ("Improvement Tracker", "tracker@council.example")
    plain, html = texts(mail)
    for part in (plain, html):
        assert "Progress by Grace Adeyemi" in part
        assert "https://tracker.council.example/my/settings/mail" in part
    assert "<img" not in html
    assert "http://" not in html
    assert len(bytes(mail)) < 60_000


def test_forty_actions_fit_into_one_mail(postbox: Postbox, send: Send, lead: Lead) -> None:
    lead("Tom Whitcombe", actions=45)
    send()
    assert len(bytes(postbox.mails[0])) < 60_000
    assert "And 5 more" in texts(postbox.mails[0])[0]


def test_nobody_is_told_on_a_day_without_work_nor_when_there_is_nothing(
    postbox: Postbox, send: Send, lead: Lead, session: Session
) -> None:
    lead("Grace Adeyemi")
    assert send("--day", "2026-11-28")[0] == 0
    assert stored(session) == []
    assert send("--day", "2026-12-30")[0] == 0
    assert postbox.mails == []


def test_a_dry_run_says_who_would_be_told_and_stores_nothing(
    postbox: Postbox, send: Send, lead: Lead, session: Session
) -> None:
    lead("Grace Adeyemi")
    code, said = send("--dry-run")
    assert code == 0
    assert said.startswith("Grace Adeyemi: 1.1 Work 1")
    assert "1 mail would be written" in said
    assert (stored(session), postbox.mails) == ([], [])


def test_a_refused_address_stops_nobody_else_and_is_given_up_after_five_tries(
    postbox: Postbox, send: Send, lead: Lead, session: Session, clock_at: Callable[[datetime], datetime]
) -> None:
    lead("Ann Able")
    grace = lead("Grace Adeyemi")
    postbox.refused.add("ann.able")
    code, said = send()
    assert code == 1
    assert "refused 1 mail; 1 will be tried again" in said
    assert postbox.addresses == [grace.email]
    moment = datetime(2026, 11, 26, 10, 44, tzinfo=UTC)
    for hours in (1, 3, 6, 20):
        clock_at(moment + timedelta(hours=hours))
        send()
    first = stored(session)[0]
    assert (first.state, first.attempts) == (NoticeState.FAILED, 5)
    assert first.error == "The mail server refused the person's address (550)"
    assert "@" not in first.error


def test_a_mail_waits_longer_after_each_refusal(
    postbox: Postbox, send: Send, lead: Lead, session: Session, clock_at: Callable[[datetime], datetime]
) -> None:
    lead("Ann Able")
    postbox.refused.add("ann.able")
    send()
    assert send()[0] == 0  # nothing may go yet
    assert stored(session)[0].attempts == 1
    postbox.refused.clear()
    clock_at(datetime(2026, 11, 26, 10, 50, tzinfo=UTC))
    assert "1 mail sent" in send()[1]


def test_killed_between_claiming_and_storing_it_goes_on_with_the_same_message_id(
    postbox: Postbox, send: Send, lead: Lead, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead("Ann Able")
    lead("Grace Adeyemi")

    def killed(*_words: object, **_facts: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "note_sent", killed)
        assert send()[0] == 1
    assert [notice.state for notice in stored(session)] == [NoticeState.SENDING, NoticeState.WAITING]
    assert "1 mail sent" in send()[1]
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert "1 mail sent" in send()[1]
    assert {notice.state for notice in stored(session)} == {NoticeState.SENT}
    ids = [mail["Message-ID"] for mail in postbox.mails]
    assert len(ids) == 3
    assert len(set(ids)) == 2


@pytest.mark.both_databases
def test_several_at_once_send_each_mail_once(app: Flask, postbox: Postbox, send: Send, lead: Lead) -> None:
    for number in range(6):
        lead(f"Lead {'ABCDEF'[number]}")
    moment = clock.now()
    problems: list[object] = []

    def run() -> None:
        with clock.at(moment):
            done = app.test_cli_runner().invoke(args=["send-notices"])
        if done.exit_code:
            problems.append(done.output)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(postbox.addresses) == len(set(postbox.addresses)) == 6


def test_who_may_no_longer_sign_in_and_demonstration_people_get_none(
    postbox: Postbox, send: Send, lead: Lead, session: Session
) -> None:
    ann, grace = lead("Ann Able"), lead("Grace Adeyemi")
    grace.is_demonstration = True
    session.commit()
    send("--dry-run")
    assert send("--dry-run")[1].startswith("Ann Able")
    ann.is_active = False
    session.commit()
    assert "0 mails written" in send()[1]
    assert "1 mail sent" in send("--demonstration")[1]
    assert postbox.addresses == [grace.email]


def test_who_was_deactivated_while_a_mail_waited_gets_it_no_more(
    postbox: Postbox, send: Send, lead: Lead, session: Session, clock_at: Callable[[datetime], datetime]
) -> None:
    ann = lead("Ann Able")
    postbox.refused.add("ann.able")
    send()
    ann.is_active = False
    session.commit()
    clock_at(datetime(2026, 11, 26, 11, 50, tzinfo=UTC))
    assert "1 mail not sent" in send()[1]
    assert stored(session)[0].state is NoticeState.DROPPED


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"host": ""}, "No mail can be sent: set TRACKER_SMTP_HOST first."),
        ({"base_url": "", "sender": ""}, "No mail can be sent: set TRACKER_SMTP_FROM, TRACKER_BASE_URL first."),
        ({"port": 9}, "The mail server 127.0.0.1:9 cannot be used."),
        ({"security": "starttls"}, "The mail server 127.0.0.1:"),
    ],
)
def test_settings_that_cannot_work_are_one_sentence_and_lose_nothing(
    postbox: Postbox, send: Send, lead: Lead, wrong: dict[str, object], words: str
) -> None:
    lead("Ann Able")
    postbox.serve(**wrong)
    code, said = send()
    assert code == 1
    assert words in said
    postbox.serve()
    assert "1 mail sent" in send()[1]


def test_a_name_with_a_line_end_reaches_no_header(postbox: Postbox, send: Send, lead: Lead, session: Session) -> None:
    ann = lead("Ann Able")
    ann.name = "Ann\r\nBcc: everybody@council.example"
    session.commit()
    send()
    mail = postbox.mails[0]
    assert mail["Bcc"] is None
    assert postbox.addresses == [ann.email]


def test_an_auditor_learns_no_more_than_the_code_the_team_and_the_day(
    postbox: Postbox, send: Send, session: Session
) -> None:
    audit = an_audit(session, due="+2d")
    answered(session, audit, developments={"assessment": "A very private finding"})
    a_concern(session, audit, by=audit.auditor, what="A very private concern", told_to="A private manager")
    session.commit()
    send()
    assert len(postbox.mails) == 2  # the auditor and the moderator
    for mail in postbox.mails:
        for part in texts(mail):
            assert "private" not in part
            assert "Good" not in part


def test_a_moderator_of_one_plan_is_told_of_no_concern(postbox: Postbox, send: Send, session: Session) -> None:
    ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
    a_concern(session, an_audit(session, auditor=ruth), by=ruth)
    whole = a_person(session, Role.MODERATOR, "Whole Service")
    part = a_person(session, Role.MODERATOR, "One Plan", scope={"plan_id": a_plan(session).id})
    session.commit()
    send()
    assert whole.email in postbox.addresses
    assert part.email not in postbox.addresses


def test_a_viewer_is_told_nothing(postbox: Postbox, send: Send, lead: Lead, session: Session) -> None:
    lead("Ann Able")
    a_person(session, Role.VIEWER, "Vera Viewer")
    session.commit()
    send()
    assert len(postbox.mails) == 1
