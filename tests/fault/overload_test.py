#!/usr/bin/env python3
"""Offers a server ten times what it can do, and proves that it goes on: whoever is served is served soon, every emergency passes, nothing that
was answered is lost, and afterwards all is as before. The real measure is bench/gate/run --peak-seconds 60 on a quiet machine.
"""
import argparse
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / 'bench'))
from peak import Peak  # noqa: E402
from running import Server, free_port, progress, run_load  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--bin', type=Path, default=ROOT / 'build/release/bin', help='folder of the programs')
    parser.add_argument('--people', type=int, default=60_000)
    parser.add_argument('--seconds', type=float, default=5)
    parser.add_argument('--connections', type=int, default=3000)
    parser.add_argument('--accepted-p99-ms-max', type=float, default=250)
    parser.add_argument('--recovery-seconds-max', type=float, default=5)
    parser.add_argument('--plant', choices=['lose'], help='takes one answered passage out, to see the test fail')
    return parser.parse_args()


class Forgetful(Peak):
    def lost(self):
        command = uuid.UUID(self.acknowledged.read_text().split()[0]).bytes
        with sqlite3.connect(self.data / 'firstline.db') as database:
            database.execute('delete from passage where command_id = ?', (command,))
        return super().lost()


def main():
    given = arguments()
    with tempfile.TemporaryDirectory(prefix='fl_overload_') as name:
        data, port = Path(name) / 'data', free_port()
        people = Path(name) / 'load.txt'
        subprocess.run([given.bin / 'firstline_bench_people', '--data', data, '--generate', str(given.people), '--communities', '2', '--out', people],
                       check=True, stderr=subprocess.DEVNULL)
        server = Server([given.bin / 'firstline', 'serve', '--demo', '--data', data, '--listen', f'127.0.0.1:{port}'], port,
                        log=Path(name) / 'server.log')
        try:
            usual = run_load(given.bin, port, -1, ['--mode', 'passages', '--people', people, '--key', data / 'keys/field.key', '--seconds', 2,
                                                   '--warm-seconds', 0.5, '--connections', 32, '--count', given.people // 2])
            peak = (Forgetful if given.plant else Peak)(given.bin, server, data, people, -1, given.connections, emergencies_per_mille=5)
            report = peak.run(10 * usual['per_second'], given.seconds, given.people // 2, usual['p99_ms'])
        finally:
            server.stop()
    wrong = Peak.shortcomings(report, given.accepted_p99_ms_max, given.recovery_seconds_max)
    for line in wrong:
        print(f'overload: {line}', file=sys.stderr)
    progress(f'usual {usual["per_second"]:.0f}/s, p99 {usual["p99_ms"]:.1f} ms')
    print(f'overload: {report["peak_offered_per_second"]}/s offered, {report["peak_accepted"]} served, {report["peak_turned_away"]} turned away, '
          f'{report["peak_emergencies_good"]} of {report["peak_emergencies"]} emergencies, {report["peak_lost"]} of {report["peak_acknowledged"]} lost')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
