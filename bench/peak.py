"""Ten times peak: far more falls due every second than the server can do. Who is served, how soon, and is anything lost?

Also run small by tests/fault/overload_test.py. How the figures are made stands in bench/README.md.
"""
import sqlite3
import time
import uuid
from collections import Counter

from running import progress, run_load

CONNECTIONS = 3000           # Phones that are there at once; each has one request on its way.
EMERGENCY_CONNECTIONS = 64   # Phones with an emergency: nobody else's request stands before them.
EMERGENCIES_PER_MILLE = 1
PATIENCE_MS = 1              # A request that finds every phone waiting for its answer is given up: nobody is there to make it.
RECOVERY_PEOPLE = 20_000
ACCEPTED_P99_MS_MAX, RECOVERY_SECONDS_MAX = 250, 5


class Peak:
    def __init__(self, binaries, server, data, people, core, connections=CONNECTIONS, emergencies_per_mille=EMERGENCIES_PER_MILLE):
        self.binaries, self.server, self.data, self.people, self.core = binaries, server, data, people, core
        self.connections, self.emergencies_per_mille = connections, emergencies_per_mille
        self.key = data / 'keys/field.key'
        self.acknowledged = data / 'peak-acknowledged.txt'
        self.few = data / 'peak-recovery.txt'

    def run(self, offered, seconds, skip, usual_p99_ms):
        self.write_few()
        self.acknowledged.unlink(missing_ok=True)
        people = sum(1 for line in open(self.people, encoding='utf-8') if line.startswith('person'))
        result = run_load(self.binaries, self.server.port, self.core, [
            '--mode', 'passages', '--people', self.people, '--key', self.key, '--seconds', seconds, '--connections', self.connections,
            '--count', min(people, 600_000), '--skip', skip, '--offered', int(offered), '--patience-ms', PATIENCE_MS,
            '--emergencies', self.emergencies_per_mille, '--emergency-connections', EMERGENCY_CONNECTIONS,
            '--acknowledged', self.acknowledged])
        recovery = self.recovery(usual_p99_ms)
        lost, kept = self.lost()
        progress(f'peak: {result["offered"] / seconds:.0f}/s offered for {seconds:.0f} s, {result["accepted"] / seconds:.0f}/s accepted, '
                 f'p99 {result["accepted_p99_ms"]:.1f} ms, {result["repeated"]} seen twice, {result["by_status"]}, {result["given_up"]} found no '
                 f'phone; emergencies {result["emergencies_good"]} of {result["emergencies"]}, p99 {result["emergency_p99_ms"]:.1f} ms; '
                 f'{lost} of {kept} lost; as before after {recovery} s')
        return {'peak_offered_per_second': round(result['offered'] / seconds), 'peak_accepted_per_second': round(result['accepted'] / seconds),
                'peak_accepted': result['accepted'], 'peak_accepted_p99_ms': result['accepted_p99_ms'],
                'peak_turned_away': result['by_status'].get('503', 0) + result['by_status'].get('429', 0),
                'peak_other_answers': sum(times for status, times in result['by_status'].items() if status not in ('200', '503', '429')),
                'peak_repeated': result['repeated'], 'peak_emergencies': result['emergencies'],
                'peak_emergencies_good': result['emergencies_good'], 'peak_emergency_p99_ms': result['emergency_p99_ms'],
                'peak_given_up': result['given_up'], 'peak_acknowledged': kept, 'peak_lost': lost, 'peak_recovery_seconds': recovery}

    @staticmethod
    def shortcomings(report, accepted_p99_ms_max=ACCEPTED_P99_MS_MAX, recovery_seconds_max=RECOVERY_SECONDS_MAX):
        """What is not as it should be, a line each."""
        recovery = report['peak_recovery_seconds']
        rules = [
            (report['peak_accepted'] > 0, 'nobody was served'),
            (report['peak_turned_away'] + report['peak_given_up'] > 0, 'nobody was turned away: this was no peak'),
            (report['peak_other_answers'] == 0, f'{report["peak_other_answers"]} answers were neither 200 nor 503 nor 429'),
            (report['peak_accepted_p99_ms'] < accepted_p99_ms_max, f'accepted ones waited {report["peak_accepted_p99_ms"]} ms (p99)'),
            (report['peak_emergencies'] > 0, 'there was no emergency'),
            (report['peak_emergencies_good'] == report['peak_emergencies'],
             f'{report["peak_emergencies"] - report["peak_emergencies_good"]} of {report["peak_emergencies"]} emergencies failed'),
            (report['peak_acknowledged'] > 0 and report['peak_lost'] == 0, f'{report["peak_lost"]} of {report["peak_acknowledged"]} are lost'),
            (recovery is not None and recovery <= recovery_seconds_max, f'as before only after {recovery} s')]
        return [text for holds, text in rules if not holds]

    def lost(self):
        """Answered with 200 and not in the table exactly once."""
        database = sqlite3.connect(f'file:{self.data}/firstline.db?mode=ro', uri=True)
        try:
            rows = Counter(row[0] for row in database.execute('select command_id from passage'))
        finally:
            database.close()
        commands = [uuid.UUID(line.split()[0]).bytes for line in self.acknowledged.read_text().splitlines()]
        return sum(1 for command in commands if rows[command] != 1), len(commands)

    def write_few(self):
        """A part of the people, so that the client is ready at once when the peak is over."""
        with open(self.people, encoding='utf-8') as whole, open(self.few, 'w', encoding='utf-8') as few:
            taken = 0
            for line in whole:
                taken += line.startswith('person')
                if taken > RECOVERY_PEOPLE:
                    break
                few.write(line)

    def recovery(self, usual_p99_ms):
        """Seconds after the peak until half a second of ordinary load is answered as before it; the client's own start is in it."""
        begin = time.monotonic()
        used = 0
        while time.monotonic() - begin < 30:
            result = run_load(self.binaries, self.server.port, self.core, [
                '--mode', 'passages', '--people', self.few, '--key', self.key, '--seconds', 0.5, '--connections', 16, '--count', 5_000,
                '--skip', used])
            used += 5_000
            if set(result['by_status']) == {'200'} and result['p99_ms'] < max(50, 2 * usual_p99_ms):
                return round(time.monotonic() - begin, 2)
        return None
