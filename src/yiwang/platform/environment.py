"""The environment of an installation, read once and typed; nothing else reads environment variables."""

from __future__ import annotations

import secrets
from functools import cache, lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[3]


class Environment(BaseSettings):
    """Settings by environment variable ``YIWANG_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="YIWANG_", frozen=True)

    database_url: str = Field("", description="PostgreSQL to use instead of the private one in var/")
    var: Path = Field(ROOT / "var", description="Directory of everything that changes")
    secret_key_file: Path | None = Field(None, description="File with the installation's secret")
    host: str = Field("127.0.0.1", description="Address the web server listens on")
    port: int = Field(8000, description="Port the web server listens on")
    public_url: str = Field("", description="Address that people use, e.g. https://city.example")
    city: str = Field("guangzhou", description="Folder under cities/ that describes the city")
    proxies: int | None = Field(None, ge=0, le=5, description="Reverse proxies before the web server")
    timestamp_url: str = Field("", description="RFC 3161 authority whose time stamps go into seals")
    node: str = Field("", description="Code under which this installation is a node of the exchange")
    node_port: int = Field(0, description="Port for other nodes (mutual TLS); 0 for none")
    node_members: str = Field("", description="Organisations that this node speaks for, with commas")
    centre: str = Field("", description="Address of the city's authority that this node joins")
    harvest_inside: str = Field(
        "", description="Hosts of the inner network whose catalogues are read, by comma"
    )
    callback_networks: str = Field(
        "", description="Private networks that callbacks may reach, with commas, e.g. 10.20.0.0/16"
    )
    mail_url: str = Field(
        "", description="Mail server, smtp://user:password@host:587; without one mails lie in var/mail"
    )
    mail_from: str = Field("noreply@localhost", description="Address that mails come from")
    raster_pixels: int = Field(4_000_000_000, ge=1, description="Pixels of the largest GeoTIFF that is read")
    debug: bool = Field(default=False, description="Development only: error pages with code")

    def secret(self) -> str:
        """The installation's secret; made at first use, readable by its owner only."""
        path = self.secret_key_file or self.var / "secret_key"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_suffix(f".{secrets.token_hex(4)}")
            temporary.touch(mode=0o600)
            temporary.write_text(secrets.token_urlsafe(64))
            try:
                path.hardlink_to(temporary)  # fails if another process was first: theirs counts
            except FileExistsError:
                pass
            finally:
                temporary.unlink()
        return _secret_of(path, path.stat().st_mtime_ns)

    def trusted_proxies(self) -> int:
        """How many reverse proxies stand before the web server and say from where a request came.

        Without them in the count all people would share the proxy's address, and one who guesses passwords
        would lock the sign-in of everybody. A public address with TLS stands behind one, unless it is said
        otherwise.
        """
        if self.proxies is not None:
            return self.proxies
        return 1 if self.public_url.startswith("https://") else 0

    def inner_hosts(self) -> frozenset[str]:
        """Hosts of the inner network that may be asked for their catalogue."""
        return frozenset(filter(None, (host.strip() for host in self.harvest_inside.split(","))))

    def address(self) -> str:
        """The public address without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


@lru_cache(maxsize=4)
def _secret_of(path: Path, written: int) -> str:
    """Read once a process: messages between nodes need it four times each."""
    return path.read_text().strip()


@cache
def environment() -> Environment:
    """Read the environment once."""
    return Environment()
