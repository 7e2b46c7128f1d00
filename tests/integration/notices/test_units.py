"""The units for systemd: they parse, fit together, and call a command that exists; settings that are wrong say so."""

import shlex
from configparser import ConfigParser

import click
import pytest
from flask import Flask

from tests.architecture.guards.sources import REPOSITORY
from tracker.config import SettingProblem, read_settings

FOLDER = REPOSITORY / "docs" / "systemd"


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.read_string((FOLDER / name).read_text(encoding="utf-8"))
    return parser


def test_the_service_runs_a_command_that_there_is_with_options_that_it_knows(app: Flask) -> None:
    service = unit("tracker-notices.service")["Service"]
    program, command, *options = shlex.split(service["ExecStart"])
    assert program.endswith("/bin/tracker")
    known = app.cli.get_command(click.Context(app.cli), command)
    assert known is not None
    assert set(options) <= {option for parameter in known.params for option in parameter.opts}
    assert (service["Type"], service["NoNewPrivileges"]) == ("oneshot", "yes")
    assert service["User"] != "root"


def test_the_timer_looks_from_eight_on_working_days_and_starts_the_service() -> None:
    timer = unit("tracker-notices.timer")
    assert timer["Timer"]["OnCalendar"] == "Mon..Fri 08..18:00/10 Europe/London"
    assert "Unit" not in timer["Timer"]  # so it is the service of the same name
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRACKER_SMTP_SECURITY", "ssl"),
        ("TRACKER_SMTP_PORT", "smtp"),
        ("TRACKER_SMTP_FROM", "tracker"),
        ("TRACKER_SMTP_FROM", "tracker@council.example\r\nBcc: all@council.example"),
        ("TRACKER_BASE_URL", "tracker.council.example"),
        ("TRACKER_BASE_URL", "https://council.example/?next=1"),
        ("TRACKER_BASE_URL", "javascript:alert(1)"),
    ],
)
def test_a_wrong_setting_of_mail_stops_the_start_with_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingProblem, match=name):
        read_settings({"TRACKER_ENV": "production", "SECRET_KEY": "k" * 40, "TRACKER_LOG_KEY": "l" * 40, name: value})


def test_the_password_of_the_mail_server_is_in_no_printed_settings() -> None:
    keys = {"SECRET_KEY": "k" * 40, "TRACKER_LOG_KEY": "l" * 40}
    settings = read_settings({**keys, "TRACKER_SMTP_PASSWORD": "very secret"})
    assert settings.mail.password == "very secret"
    assert "very secret" not in repr(settings)
