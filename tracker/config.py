"""The settings, read once from the environment; a wrong one stops the start with a sentence on what to do."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

MINIMUM_KEY = 32
OF_OTHERS = 0o077
HOW_TO_MAKE_A_KEY = 'make one with: python3 -c "import secrets; print(secrets.token_hex(32))"'


class SettingProblem(Exception):
    """A setting that cannot be used; its words say what to do."""


@dataclass(frozen=True)
class MailSettings:
    """Where mails are given in and from whom; without a host none are sent."""

    base_url: str = ""
    host: str = ""
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    is_bare: bool = False


@dataclass(frozen=True)
class Settings:
    """All that the service takes from its surroundings."""

    database_url: str
    secret_key: str = field(repr=False)
    log_key: bytes = field(repr=False)
    instance: Path
    is_production: bool = True
    trusted_proxies: int = 0
    demo_password: str | None = field(default=None, repr=False)
    idle_minutes: int = 30
    session_hours: int = 8
    files_url: str = ""
    scanner: str = ""
    mail: MailSettings = MailSettings()
    postgres_programs: str = ""

    @property
    def erasures(self) -> Path:
        """The list of what was erased, which is kept outside the database."""
        return self.instance / "erasures.jsonl"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment; raises SettingProblem with one sentence when one cannot be used.

    `TRACKER_ENV=local` (what `make run` sets) keeps keys in the instance folder; anything else is production and
    needs `SECRET_KEY` and `TRACKER_LOG_KEY`.
    """
    given = os.environ if environment is None else environment
    instance = Path(given.get("TRACKER_INSTANCE", "instance")).resolve()
    is_local = given.get("TRACKER_ENV", "production") == "local"
    secret_key, log_key = _keys(given, instance if is_local else None)
    return Settings(
        database_url=_database_url(given.get("DATABASE_URL") or f"sqlite:///{instance / 'tracker.db'}"),
        secret_key=secret_key,
        log_key=log_key.encode(),
        instance=instance,
        is_production=not is_local,
        trusted_proxies=_whole_number(given, "TRACKER_TRUSTED_PROXIES", 0, 0, 5),
        demo_password=given.get("TRACKER_DEMO_PASSWORD") or None,
        idle_minutes=_whole_number(given, "TRACKER_IDLE_MINUTES", 30, 5, 60),
        session_hours=_whole_number(given, "TRACKER_SESSION_HOURS", 8, 1, 12),
        files_url=_files_url(given.get("TRACKER_FILES_URL", "")),
        scanner=_scanner(given.get("TRACKER_SCANNER", "")),
        mail=_mail(given),
        postgres_programs=_postgres_programs(given.get("TRACKER_POSTGRES_PROGRAMS", "")),
    )


def _mail(given: Mapping[str, str]) -> MailSettings:
    security = given.get("TRACKER_SMTP_SECURITY", "") or "starttls"
    if security not in {"starttls", "tls", "none"}:
        raise SettingProblem("TRACKER_SMTP_SECURITY must be starttls, tls or none.")
    base_url = given.get("TRACKER_BASE_URL", "").rstrip("/")
    if base_url and not re.fullmatch(r"https?://[^/\s?#@]+(/[^\s?#]*)?", base_url):
        raise SettingProblem(
            "TRACKER_BASE_URL must be the address of the service, like https://tracker.council.example."
        )
    sender = given.get("TRACKER_SMTP_FROM", "")
    if sender and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+|[^<>@\r\n]*<[^@\s<>]+@[^@\s<>]+>", sender):
        raise SettingProblem("TRACKER_SMTP_FROM must be an e-mail address, like tracker@council.example.")
    return MailSettings(
        base_url=base_url,
        host=given.get("TRACKER_SMTP_HOST", ""),
        port=_whole_number(given, "TRACKER_SMTP_PORT", 465 if security == "tls" else 587, 1, 65535),
        security=security,
        user=given.get("TRACKER_SMTP_USER", ""),
        password=given.get("TRACKER_SMTP_PASSWORD", ""),
        sender=sender,
        is_bare=given.get("TRACKER_MAIL_BARE", "") in {"1", "yes", "true"},
    )


def _database_url(text: str) -> str:
    try:
        url = make_url(text)
    except ArgumentError:
        raise SettingProblem(
            "DATABASE_URL is not a database address; write sqlite:///FILE or postgresql://USER@HOST/NAME."
        ) from None
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise SettingProblem("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return text


def _files_url(url: str) -> str:
    """Return where files are kept when that is no folder of the instance; what it needs must be installed."""
    if not url:
        return ""
    if not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]+(/[A-Za-z0-9._/-]*)?", url):
        raise SettingProblem("TRACKER_FILES_URL must be the address of a bucket, like s3://council-files/evidence.")
    if find_spec("s3fs") is None:
        raise SettingProblem("TRACKER_FILES_URL needs s3fs; install it with: pip install 'improvement-tracker[s3]'.")
    return url


def _scanner(path: str) -> str:
    if path and not (Path(path).is_absolute() and os.access(path, os.X_OK) and Path(path).is_file()):
        raise SettingProblem("TRACKER_SCANNER must be the whole path of a program that may be run.")
    return path


def _postgres_programs(folder: str) -> str:
    if folder and not os.access(Path(folder, "pg_dump"), os.X_OK):
        raise SettingProblem("TRACKER_POSTGRES_PROGRAMS must be the folder that pg_dump and pg_restore are in.")
    return folder


def _keys(given: Mapping[str, str], folder: Path | None) -> tuple[str, str]:
    """Return both keys; in production they differ, or who learns the one of sessions could seal the log anew."""
    secret_key, log_key = (_key(name, given, folder) for name in ("SECRET_KEY", "TRACKER_LOG_KEY"))
    if folder is None and secret_key == log_key:
        raise SettingProblem(f"SECRET_KEY and TRACKER_LOG_KEY must not be the same key; {HOW_TO_MAKE_A_KEY}")
    return secret_key, log_key


def _key(name: str, given: Mapping[str, str], folder: Path | None) -> str:
    key = given.get(name, "")
    if not key and folder is not None:
        return _kept_key(folder / f"{name.lower()}.txt")
    if not key:
        raise SettingProblem(f"{name} is not set; {HOW_TO_MAKE_A_KEY}")
    if len(key) < MINIMUM_KEY:
        raise SettingProblem(f"{name} is shorter than {MINIMUM_KEY} characters; {HOW_TO_MAKE_A_KEY}")
    return key


def _kept_key(file: Path) -> str:
    """Return the key kept in a file that only its owner may read, making it the first time."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(secrets.token_hex(32))
    if file.stat().st_mode & OF_OTHERS:
        raise SettingProblem(f"Others than its owner may read or change {file}; run: chmod 600 '{file}'")
    return file.read_text().strip()


def _whole_number(given: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    if not text.isdecimal() or not least <= int(text) <= most:
        raise SettingProblem(f"{name} must be a whole number from {least} to {most}.")
    return int(text)
