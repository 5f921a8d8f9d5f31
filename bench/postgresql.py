"""A PostgreSQL 15 of its own for a bench: in a temporary folder, reached by a socket in it, gone at the end."""
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

BINARIES = Path('/usr/lib/postgresql/15/bin')


class PostgresqlServer:
    def __init__(self, settings='-c shared_buffers=256MB -c max_wal_size=4GB', binaries=BINARIES):
        self.binaries = binaries
        self.folder = Path(tempfile.mkdtemp(prefix='firstline-bench-'))
        self.as_user = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, 'postgres')
            self.as_user = ['runuser', '-u', 'postgres', '--']
        self.run('initdb', '-D', self.folder / 'data', '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync')
        self.run('pg_ctl', '-D', self.folder / 'data', '-w', '-l', self.folder / 'log', '-o', f"-c listen_addresses='' -k {self.folder} {settings}", 'start')
        self.url = f'postgresql://postgres@/postgres?host={self.folder}'

    def run(self, program, *words):
        subprocess.run([*self.as_user, self.binaries / program, *map(str, words)], check=True, stdout=subprocess.DEVNULL, cwd=self.folder)

    def stop(self):
        self.run('pg_ctl', '-D', self.folder / 'data', '-m', 'immediate', 'stop')
        shutil.rmtree(self.folder, ignore_errors=True)
