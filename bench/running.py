"""What benches and fault tests share: start a server pinned to a core, send it a round of load, read what it used."""
import http.client
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path


def progress(text):
    print(text, file=sys.stderr, flush=True)


def machine():
    model = next((line.split(':', 1)[1].strip() for line in Path('/proc/cpuinfo').read_text().splitlines() if line.startswith('model name')),
                 platform.machine())
    load = os.getloadavg()[0]
    return f'{model}, {os.cpu_count()} cores, Linux {platform.release()}, load before the run {load:.1f}'


def free_port():
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        return listener.getsockname()[1]


class Server:
    def __init__(self, command, port, core=None, log=None, folder=None, patience_seconds=120, host='127.0.0.1'):
        pin = ['taskset', '-c', str(core)] if core is not None and shutil.which('taskset') else []
        self.host, self.port, self.log, self.group = host, port, log, None
        begin = time.monotonic()
        with open(log or os.devnull, 'ab') as out:
            self.process = subprocess.Popen([*pin, *map(str, command)], stdout=out, stderr=out, cwd=folder)
        while not self.answers():
            if self.process.poll() is not None:
                raise RuntimeError(f'the server ended at once with code {self.process.returncode}; see {log}')
            if time.monotonic() - begin > patience_seconds:
                self.stop()
                raise RuntimeError(f'no answer from the server in {patience_seconds} s; see {log}')
            time.sleep(0.01)
        self.start_seconds = time.monotonic() - begin

    def hold_to(self, share):
        """Lets it have this share of one core from now on, by a control group of its own (root only), in slices of 10 ms."""
        first = Path('/sys/fs/cgroup/cpu')
        self.group = (first if first.is_dir() else Path('/sys/fs/cgroup')) / f'firstline-bench-{self.process.pid}'
        self.group.mkdir()
        period = 10_000
        if first.is_dir():
            (self.group / 'cpu.cfs_period_us').write_text(str(period))
            (self.group / 'cpu.cfs_quota_us').write_text(str(int(share * period)))
        else:
            (self.group / 'cpu.max').write_text(f'{int(share * period)} {period}')
        (self.group / 'cgroup.procs').write_text(str(self.process.pid))

    def get(self, path, headers=None):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=10)
        try:
            connection.request('GET', path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def answers(self):
        try:
            return self.get('/healthz')[0] == 200
        except OSError:
            return False

    def metrics(self, prefix):
        try:
            status, text = self.get('/metrics')
        except OSError:
            return []
        return [line for line in text.splitlines() if line.startswith(prefix)] if status == 200 else []

    def cpu_seconds(self):
        fields = Path(f'/proc/{self.process.pid}/stat').read_text().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')

    def memory_peak_mb(self):
        for line in Path(f'/proc/{self.process.pid}/status').read_text().splitlines():
            if line.startswith('VmHWM'):
                return int(line.split()[1]) / 1024
        return 0.0

    def kill(self):
        """As a power cut would, as far as the process can tell."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, patience_seconds=30):
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(patience_seconds)
        except subprocess.TimeoutExpired:
            self.kill()
        if self.group:
            self.group.rmdir()


def load_command(binaries, port, core, flags):
    return [str(Path(binaries) / 'firstline_load'), '--port', str(port), '--core', str(core), *map(str, flags)]


def run_load(binaries, port, core, flags):
    done = subprocess.run(load_command(binaries, port, core, flags), capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f'firstline_load ended with {done.returncode}: {done.stderr.strip()}')
    return json.loads(done.stdout.splitlines()[-1])
