"""The command that serves the pages with waitress; larger installations put their own server before the application."""

import socket
from ipaddress import ip_address

import click
import waitress
from flask import Flask, current_app
from flask.cli import ScriptInfo, with_appcontext

from tracker.cli.database import refuse_unless_ready
from tracker.config import HOW_TO_MAKE_A_KEY
from tracker.extensions import db

_THREADS = 8


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@with_appcontext
def serve(host: str, port: int) -> None:
    """Serve the pages until stopped with Ctrl C.

    Serving others than this machine needs keys of its own in the environment, and a proxy with a certificate.
    """
    refuse_unless_ready()
    _refuse_strangers(host)
    db.session.remove()
    application = click.get_current_context().ensure_object(ScriptInfo).load_app()
    server = waitress.create_server(application, sockets=[_listening(host, port)], threads=_THREADS, ident=None)
    click.echo(f"Serving on http://{host}:{port} (stop with Ctrl C)")
    if current_app.config["SETTINGS"].is_production:
        click.echo("Signing in works over https only: put a proxy with a certificate before it.", err=True)
    server.run()


def register(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(serve)


def _refuse_strangers(host: str) -> None:
    """Serve others only with keys of the installation's own and secure cookies."""
    try:
        is_here = ip_address("127.0.0.1" if host == "localhost" else host).is_loopback
    except ValueError:
        is_here = False
    if not is_here and not current_app.config["SETTINGS"].is_production:
        raise click.ClickException(
            f"Others could reach {host}: set SECRET_KEY and TRACKER_LOG_KEY first; {HOW_TO_MAKE_A_KEY}."
        )


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        sentence = f"Port {port} of {host} cannot be used ({error.strerror}): choose another with --port."
        raise click.ClickException(sentence) from None
