#!/usr/bin/env python3
"""Kills the server with SIGKILL under load, again and again, and proves that no answered passage is lost.

After every kill it starts the server again and checks: it is up within the limit; every command that was answered with 200
is in the passage table exactly once, under the id that was answered; sent again over HTTP it gives that id again and adds
no row; `firstline audit verify` says that the chain holds; SQLite finds the file in order.
"""
import argparse
import http.client
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / 'bench'))
from running import Server, free_port, load_command, progress  # noqa: E402

RESENT = 10  # Commands sent a second time after each kill.


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--bin', type=Path, default=ROOT / 'build/release/bin', help='folder of the programs')
    parser.add_argument('--kills', type=int, default=2)
    parser.add_argument('--people', type=int, default=20_000)
    parser.add_argument('--passages', type=int, default=0, help='old passages put into the table first, e.g. 5000000')
    parser.add_argument('--start-seconds-max', type=float, default=2.0)
    parser.add_argument('--seed', type=int, default=int(time.time()))
    parser.add_argument('--plant', choices=['lose'], help='takes one answered passage out, to see the test fail')
    return parser.parse_args()


class Failed(Exception):
    pass


def demand(condition, text):
    if not condition:
        raise Failed(text)


def add_old_passages(database_file, wanted):
    """Rows like the newest one, a second apart, one community after the other, without asking the disk each time."""
    with sqlite3.connect(database_file) as database:
        database.row_factory = sqlite3.Row
        database.execute('pragma synchronous = off')
        pattern = dict(database.execute('select * from passage order by id desc limit 1').fetchone())
        columns = list(pattern)
        oldest = database.execute('select min(id) as id, min(at) as at from passage').fetchone()
        insert = f'insert into passage ({", ".join(columns)}) values ({", ".join("?" * len(columns))})'

        def rows():
            for index in range(wanted):
                back = wanted - index
                row = dict(pattern, id=oldest['id'] - (back << 12), at=oldest['at'] - back,
                           command_id=uuid.UUID(int=(0x0170 << 112) | index).bytes)
                yield [row[column] for column in columns]
                if index % 250_000 == 0:
                    progress(f'  {index} of {wanted} old passages')

        begin = time.monotonic()
        database.executemany(insert, rows())
        database.commit()
        progress(f'  {wanted} old passages in {time.monotonic() - begin:.0f} s')
    with sqlite3.connect(database_file) as database:
        database.execute('pragma wal_checkpoint(truncate)')


class Bed:
    """One data folder with a small community, and the server over it."""

    def __init__(self, given, folder):
        self.given, self.folder, self.port = given, folder, free_port()
        self.people, self.acknowledged = folder / 'load.txt', folder / 'acknowledged.txt'
        self.database_file = folder / 'data/firstline.db'
        self.server = None
        self.starts = []
        subprocess.run([given.bin / 'firstline_bench_people', '--data', folder / 'data', '--generate', str(given.people), '--communities', '2',
                        '--out', self.people], check=True, stderr=subprocess.DEVNULL)

    def start(self):
        self.server = Server([self.given.bin / 'firstline', 'serve', '--demo', '--data', self.folder / 'data', '--listen', f'127.0.0.1:{self.port}'],
                             self.port, log=self.folder / 'server.log')
        self.starts.append(self.server.start_seconds)

    def load(self, seconds, skip):
        return subprocess.Popen(load_command(self.given.bin, self.port, -1, [
            '--mode', 'passages', '--people', self.people, '--key', self.folder / 'data/keys/field.key', '--seconds', seconds, '--count', 15_000,
            '--skip', skip, '--connections', 32, '--acknowledged', self.acknowledged, '--stop-when-cut']), stdout=subprocess.PIPE, text=True)

    def answered(self):
        """Command id > passage id, of all rounds. A line cut short would be a fault of the client: it writes whole lines at its end."""
        pairs = [line.split() for line in self.acknowledged.read_text().splitlines()] if self.acknowledged.exists() else []
        demand(len(pairs) == len({pair[0] for pair in pairs}), 'the client used a command id twice')
        return {command: int(passage) for command, passage in pairs}

    def rows_of(self, commands):
        """Command id > its rows, by the unique index (all communities)."""
        database = sqlite3.connect(f'file:{self.database_file}?mode=ro', uri=True)
        database.row_factory = sqlite3.Row
        try:
            communities = [row[0] for row in database.execute('select distinct community_id from gate')]
            marks = ', '.join('?' * len(communities))
            find = f'select id, gate_id, person_id, direction from passage where community_id in ({marks}) and command_id = ?'
            return {command: database.execute(find, [*communities, uuid.UUID(command).bytes]).fetchall() for command in commands}
        finally:
            database.close()

    def check_rows(self, answered):
        rows = self.rows_of(answered)
        lost = [command for command, found in rows.items() if not found]
        twice = [command for command, found in rows.items() if len(found) > 1]
        other = [command for command, found in rows.items() if len(found) == 1 and found[0]['id'] != answered[command]]
        demand(not lost, f'{len(lost)} answered passages are not in the table, e.g. {lost[:1]}')
        demand(not twice, f'{len(twice)} commands are in the table twice, e.g. {twice[:1]}')
        demand(not other, f'{len(other)} commands have another passage id than was answered, e.g. {other[:1]}')
        return rows

    def check_over_http(self, answered, rows, chance):
        gates = {}
        for line in self.people.read_text().splitlines():
            words = line.split()
            if words[0] != 'gate':
                break
            gates[int(words[1])] = words[2:4]
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=10)
        for command in chance.sample(sorted(answered), min(RESENT, len(answered))):
            row = rows[command][0]
            token, csrf = gates[row['gate_id']]
            body = {'id': command, 'at': '2022-03-15T08:00:00.000+08:00', 'direction': row['direction'], 'recognised_by': 'room_pick',
                    'person_ids': [str(row['person_id'])]}
            connection.request('POST', f'/api/v1/gates/{row["gate_id"]}/passages', json.dumps(body), {
                'Content-Type': 'application/json', 'Cookie': f'fl_session={token}', 'X-Firstline-Csrf': csrf})
            answer = connection.getresponse()
            content = json.loads(answer.read())
            demand(answer.status == 200, f'a command sent again got {answer.status} {content.get("code")}')
            demand([int(item['passage_id']) for item in content['items']] == [answered[command]],
                   'a command sent again got another passage')
        connection.close()

    def check_chain(self):
        done = subprocess.run([self.given.bin / 'firstline', 'audit', 'verify', '--data', self.folder / 'data'], capture_output=True, text=True)
        demand(done.returncode == 0, f'audit verify ended with {done.returncode}: {done.stdout[-300:]}{done.stderr[-300:]}')

    def check_file(self):
        with sqlite3.connect(self.database_file) as database:
            demand(database.execute('pragma quick_check').fetchone()[0] == 'ok', 'SQLite finds the file broken')


def prove(given, folder):
    chance = random.Random(given.seed)
    bed = Bed(given, folder)
    try:
        bed.start()
        if given.passages:
            bed.load(1, 0).wait()
            bed.server.stop()
            add_old_passages(bed.database_file, given.passages)
            bed.start()
        for kill in range(1, given.kills + 1):
            before = len(bed.answered())
            load = bed.load(60, before)
            time.sleep(chance.uniform(0.5, 2.0))
            bed.server.kill()
            load.wait(30)
            answered = bed.answered()
            demand(len(answered) > before, 'nothing was answered before the kill: the test proves nothing')
            if given.plant == 'lose':
                with sqlite3.connect(bed.database_file) as database:
                    database.execute('delete from passage where id = ?', [next(reversed(answered.values()))])
            bed.start()
            demand(bed.starts[-1] < given.start_seconds_max, f'the server took {bed.starts[-1]:.2f} s to start')
            rows = bed.check_rows(answered)
            bed.check_over_http(answered, rows, chance)
            bed.check_rows(answered)
            bed.check_chain()
            progress(f'kill {kill}: {len(answered) - before} answered passages are there once each ({len(answered)} in all), up again after '
                     f'{bed.starts[-1]:.2f} s')
        bed.server.stop()
        bed.check_file()
        bed.check_chain()
    finally:
        if bed.server:
            bed.server.kill()
    print(json.dumps({'kills': given.kills, 'answered': len(answered), 'lost': 0, 'old_passages': given.passages,
                      'start_seconds_max': round(max(bed.starts), 3)}))


def main():
    given = arguments()
    progress(f'seed {given.seed}')
    with tempfile.TemporaryDirectory(prefix='firstline-kill-') as folder:
        try:
            prove(given, Path(folder))
        except Failed as failed:
            log = Path(folder) / 'server.log'
            print(f'FAILED: {failed}', file=sys.stderr)
            print(log.read_text()[-1000:] if log.exists() else '', file=sys.stderr)
            return 1
    print('1 passed, 0 failed')
    return 0


if __name__ == '__main__':
    sys.exit(main())
