"""Brokers of a test's own: an empty Redis database, a RabbitMQ virtual host, and broken ones."""

import os
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import kombu
import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from tests.journeys.servers import HOST

REDIS = os.environ.get("HEARD_TEST_REDIS") or "redis://127.0.0.1:6379/9"
RABBITMQ = os.environ.get("HEARD_TEST_RABBITMQ") or "amqp://guest:guest@127.0.0.1:5672//"
_OURS = ("celery", "_kombu.*", "unacked*", "*.reply.celery.pidbox")
_LAST_DATABASE = 15


class Absent(Exception):
    """There is no such broker here for a test; its text says why."""


def check_answers(url: str) -> None:
    """Raises Absent when nothing listens where the URL points."""
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or HOST, parts.port or 0), timeout=2).close()
    except OSError as error:
        raise Absent(f"Nothing answers at {parts.hostname}:{parts.port}.") from error


@contextmanager
def filesystem() -> Iterator[str]:
    """The default transport: a folder of the Home itself."""
    yield "filesystem://localhost"


@contextmanager
def redis_database() -> Iterator[str]:
    """The URL of a Redis database that was empty; what Celery put into it goes at the end."""
    check_answers(REDIS)
    parts = urlsplit(REDIS)
    for number in range(int(parts.path.strip("/") or 0), _LAST_DATABASE + 1):
        url = parts._replace(path=f"/{number}").geturl()
        with redis.Redis.from_url(url) as client:
            if client.dbsize():
                continue  # somebody else's
            yield url
            for pattern in _OURS:
                for key in client.scan_iter(match=pattern):
                    client.delete(key)
            return
    raise Absent(f"No empty database on {REDIS}.")


@contextmanager
def rabbitmq_host() -> Iterator[str]:
    """The URL of a new virtual host; where none can be made, of the given one if it is unused."""
    check_answers(RABBITMQ)
    parts = urlsplit(RABBITMQ)
    name = f"heard_{secrets.token_hex(6)}"
    if not _rabbitmqctl("add_vhost", name):
        with _unused_queue(RABBITMQ):
            yield RABBITMQ
        return
    try:
        everything = ("--vhost", name, parts.username or "guest", ".*", ".*", ".*")
        if not _rabbitmqctl("set_permissions", *everything):
            raise Absent(f"RabbitMQ gives {parts.username} no right to a virtual host.")
        yield parts._replace(path=f"/{name}").geturl()
    finally:
        _rabbitmqctl("delete_vhost", name)


def _rabbitmqctl(*arguments: str) -> bool:
    try:
        done = subprocess.run(
            ["rabbitmqctl", "--quiet", *arguments], capture_output=True, timeout=60, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


@contextmanager
def _unused_queue(url: str) -> Iterator[None]:
    with kombu.Connection(url, connect_timeout=5) as connection:
        try:
            _queue(connection).queue_declare(passive=True)
        except connection.channel_errors:
            pass
        else:
            raise Absent(f"The queue celery at {url} is in use, and it may be somebody's.")
    yield
    with kombu.Connection(url, connect_timeout=5) as connection:
        _queue(connection).delete()


def _queue(connection: kombu.Connection) -> kombu.Queue:
    return kombu.Queue("celery")(connection.channel())


@contextmanager
def closed_port() -> Iterator[int]:
    """A port on which nobody listens, and nobody else will while this lasts."""
    with socket.socket() as held:
        held.bind((HOST, 0))
        yield int(held.getsockname()[1])


@contextmanager
def silent_port() -> Iterator[int]:
    """A port that takes connections and never says a word, as a broker that hangs."""
    with socket.create_server((HOST, 0)) as silent:
        yield int(silent.getsockname()[1])


class OwnRedis:
    """A redis-server of the test's own that keeps nothing: it may be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self._program = shutil.which("redis-server")
        if self._program is None:
            raise Absent("There is no redis-server on this machine to kill.")
        with closed_port() as self.port:
            pass
        self._folder = folder

    @property
    def url(self) -> str:
        return f"redis://{HOST}:{self.port}/0"

    def start(self) -> None:
        """Starts it, empty."""
        options = ["--port", str(self.port), "--bind", HOST, "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(
            [str(self._program), *options, "--dir", str(self._folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with redis.Redis.from_url(self.url, retry=Retry(ConstantBackoff(0.1), 50)) as client:
            client.ping()

    def stop(self) -> None:
        """SIGKILL: what it held is gone."""
        self.process.kill()
        self.process.wait()

    def waiting(self) -> int:
        """How many hints lie in it."""
        with redis.Redis.from_url(self.url) as client:
            return int(client.llen("celery"))
