#!/usr/bin/env python3
"""Three gate phones work through a bad night, and nothing that a keeper recorded is lost or counted twice.

1,000 commands in three queues that overlap (a phone's queue is also carried to another as a file), 20 % of them sent again,
in any order; some were tried over the network first and their answer was lost. Meanwhile the server is killed, the
network is cut in the middle of requests (broken, and where the machine lets us make a network namespace also silent, as when a cable
is pulled), one phone's clock jumps ten minutes ahead and another's ten minutes back, one phone is switched off and on. At the end
every command is applied once or came back with a reason, the server's counts and the phones' agree, and no sequence has a hole.
"""
import argparse
import http.client
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / 'bench'), str(Path(__file__).resolve().parent)]
from cutting_proxy import CuttingProxy  # noqa: E402
from desk import Asker, Refused, demo_account, enrol, sign_in, stamp, uuid7  # noqa: E402
from net_namespace import NetNamespace  # noqa: E402
from running import Server, free_port, progress  # noqa: E402

CLOCK_JUMP_SECONDS = 600
BATCH = 40
LOST = (OSError, http.client.HTTPException)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--bin', type=Path, default=ROOT / 'build/release/bin', help='folder of the programs')
    parser.add_argument('--commands', type=int, default=1000)
    parser.add_argument('--seed', type=int, default=int(time.time()))
    parser.add_argument('--plant', choices=['lose', 'twice'], help='spoils the outcome, to see the test fail')
    return parser.parse_args()


class Failed(Exception):
    pass


def demand(condition, text):
    if not condition:
        raise Failed(text)


class Rule:
    """The gate's rule at the command line: what runs on a phone as WebAssembly."""

    def __init__(self, binary):
        self.process = subprocess.Popen([binary, 'verdict', '--jsonl'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.lock = threading.Lock()

    def decide_all(self, questions):
        text = ''.join(json.dumps(question) + '\n' for question in questions)
        out, _ = self.process.communicate(text)
        return [json.loads(line) for line in out.splitlines()]


class Phone:
    """One gate phone: its own clock, its pack, and a queue that survives being switched off."""

    def __init__(self, name, device, asker, gate, folder):
        self.name, self.device, self.asker, self.gate = name, device, asker, gate
        self.file = folder / f'{name}.json'
        self.clock_ahead, self.sequence, self.queue, self.results = 0.0, 0, [], {}

    def now(self):
        return time.time() + self.clock_ahead

    def record(self, body):
        """Puts one command into the queue, with the next sequence."""
        self.sequence += 1
        at = self.now()
        record = {'id': uuid7(at), 'sequence': self.sequence, 'at': stamp(at), 'skew_ms': int(-self.clock_ahead * 1000)}
        for kind, content in body(record).items():
            record[kind] = content
        self.queue.append(record)
        return record

    def save(self):
        self.file.write_text(json.dumps([self.sequence, self.clock_ahead, self.queue, self.results]))

    def switch_off_and_on(self):
        self.save()
        self.queue, self.results, self.sequence = [], {}, 0
        self.sequence, self.clock_ahead, self.queue, self.results = json.loads(self.file.read_text())

    def send(self, chance, carried=None):
        """One batch of the queue (or of another phone's), in any order, some twice. True if an answer came."""
        source = carried.queue if carried else self.queue
        if not source:
            return True
        batch = source[:BATCH]
        batch = batch + [record for record in batch if chance.random() < 0.2]
        chance.shuffle(batch)
        body = {'sent_at': stamp(self.now()), 'records': batch}
        if carried:
            body['carried_for'] = carried.device
        try:
            answer = self.asker.post(f'/api/v1/gates/{self.gate}/offline-records', body)
        except LOST:
            return False
        except Refused as refused:
            demand(refused.status in (429, 503), f'{self.name}: the whole batch was refused: {refused}')
            return False
        demand(len(answer['results']) == len(batch), 'a result for each record')
        for record, result in zip(batch, answer['results']):
            demand(result['id'] == record['id'], 'results stand in the order of the records')
            self.note(carried or self, record['id'], result)
        return True

    @staticmethod
    def note(owner, command, result):
        state = 'applied' if result['state'] == 'repeated' else result['state']
        before = owner.results.get(command)
        demand(before is None or before[0] == state, f'{command} was {before} and is {state} now')
        passages = result['passage_ids']
        demand(before is None or before[1] == passages, f'{command} has other passages than before')
        owner.results[command] = (state, passages, result['code'])
        owner.queue = [record for record in owner.queue if record['id'] not in owner.results]


class Night:
    def __init__(self, given, folder):
        self.given, self.folder, self.chance = given, folder, random.Random(given.seed)
        self.port = free_port()
        self.space = NetNamespace.make()
        self.host = self.space.host if self.space else '127.0.0.1'
        self.start()
        self.proxy = CuttingProxy(self.port, self.host)
        data = folder / 'data'
        secretary, keeper = (demo_account(data, role) for role in ('secretary', 'keeper'))
        self.desk = sign_in(self.port, secretary['login'], secretary['password'], self.host)
        self.keeper = sign_in(self.port, keeper['login'], keeper['password'], self.host)
        self.community = self.desk.session['roles'][0]['area_id']
        gate = self.keeper.get('/api/v1/my/gates')['items'][0]['gate_id']
        self.phones = []
        for name in ('phone-a', 'phone-b', 'phone-c'):
            device, asker = enrol(self.desk, gate, name, self.port)
            asker.host, asker.port, asker.timeout = '127.0.0.1', self.proxy.port, 5
            # A keeper is signed in on it as well: only then may it carry another's queue.
            asker.headers.update({'Cookie': self.keeper.headers['Cookie'], 'X-Firstline-Csrf': self.keeper.headers['X-Firstline-Csrf']})
            self.phones.append(Phone(name, device, asker, gate, folder))
        self.gate = gate
        self.pack = json.loads(Asker(self.port, self.phones[0].asker.headers, host=self.host).get(f'/api/v1/gates/{gate}/pack')['pack'])
        self.people = [person for home in self.pack['homes'] for person in home['people']]

    def start(self):
        command = [self.given.bin / 'firstline', 'serve', '--demo', '--data', self.folder / 'data', '--listen', f'{self.host}:{self.port}', '--tls', 'off']
        self.server = Server(self.space.inside(command) if self.space else command, self.port, log=self.folder / 'server.log', host=self.host)

    def passage(self, record, who):
        said = {'id': record['id'], 'at': record['at'], 'direction': self.chance.choice(('in', 'out')), 'recognised_by': 'room_pick',
                'person_ids': [who], 'temperature_tenths': 365, 'mask': 'worn'}
        return {'passage': said, 'decided': [{'person_id': who, 'arguments': {'direction': said['direction'], 'temperature_tenths': 365, 'mask': 'worn'}}]}

    def fill_queues(self):
        """Most commands are passages; some are emergencies, overrides and undos of them, and some must come back."""
        for number in range(self.given.commands):
            phone = self.phones[number % 3]
            if number > self.given.commands // 2 and phone.clock_ahead == 0:
                phone.clock_ahead = CLOCK_JUMP_SECONDS * (0, 1, -1)[number % 3]
            dice = self.chance.random()
            passages = [record for record in phone.queue if 'passage' in record]
            if dice < 0.05:
                phone.record(lambda record: {'emergency': {'id': record['id'], 'at': record['at'], 'kind': 'medical', 'direction': 'out', 'people': 2}})
            elif dice < 0.08 and passages:
                of = self.chance.choice(passages)['id']
                phone.record(lambda record: {'override': {'of': of, 'reason': 'medical_need', 'note': 'drill'}})
            elif dice < 0.10 and passages:
                phone.record(lambda record: {'undo': {'of': passages[-1]['id']}})
            elif dice < 0.12:
                phone.record(lambda record: self.passage(record, '4711'))
            else:
                who = self.chance.choice(self.people)['person_id']
                phone.record(lambda record: self.passage(record, who))
        self.decide()

    def decide(self):
        """Every passage's verdict, as the phone's own rule gives it at the phone's own time."""
        waiting = [record for phone in self.phones for record in phone.queue if 'passage' in record]
        rule = Rule(self.given.bin / 'firstline')
        answers = rule.decide_all([{'presented': record['decided'][0]['arguments'], 'policy': self.pack['policy'], 'now': record['at']}
                                   for record in waiting])
        demand(len(answers) == len(waiting), 'the rule answers every question')
        for record, answer in zip(waiting, answers):
            record['decided'][0].update(outcome=answer['outcome'], reasons=answer['reasons'], policy_version=answer['policy_version'])

    def try_online_first(self):
        """Some commands had been sent over the network, and the answer was lost on the way."""
        tried = 0
        for phone in self.phones:
            for record in [record for record in phone.queue if 'passage' in record][:8]:
                self.proxy.lose_answers(1)
                online = Asker(self.proxy.port, self.keeper.headers)
                try:
                    online.post(f'/api/v1/gates/{self.gate}/passages', record['passage'])
                except (*LOST, Refused):
                    pass
                tried += 1
        return tried

    def trouble(self, done):
        """Kills, cuts, silences and lost answers until the queues are empty: each kind in turn, in any order."""
        deck = []
        while not done.wait(0.3):
            deck = deck or self.chance.sample(self.kinds, len(self.kinds))
            kind = deck.pop()
            kind()
            self.troubles[kind.__name__] += 1

    def kill(self):
        self.server.kill()
        time.sleep(self.chance.random())
        self.start()

    def cut(self):
        self.proxy.cut()
        time.sleep(self.chance.random())
        self.proxy.mend()

    def silence(self):
        self.space.pull()
        time.sleep(2 * self.chance.random())
        self.space.plug()

    def lose_answer(self):
        self.proxy.lose_answers(1)

    def sync(self):
        self.kinds = [self.kill, self.cut, self.lose_answer] + ([self.silence] if self.space else [])
        self.troubles = Counter()
        done = threading.Event()
        troubled = threading.Thread(target=self.trouble, args=(done,))
        troubled.start()
        failures, rounds, deadline = 0, 0, time.monotonic() + 240
        try:
            while any(phone.queue for phone in self.phones):
                demand(time.monotonic() < deadline, 'the queues are not empty after 240 s')
                rounds += 1
                time.sleep(0.25)  # A phone pauses between batches; a fast machine would be through before the first trouble.
                if len(self.troubles) < len(self.kinds) and all(len(phone.queue) <= BATCH for phone in self.phones):
                    continue  # The last of the queues is kept for what has not happened yet.
                for index, phone in enumerate(self.phones):
                    carried = self.phones[(index + 1) % 3] if self.chance.random() < 0.25 else None
                    failures += not phone.send(self.chance, carried)
                if rounds % 5 == 0:
                    self.phones[2].switch_off_and_on()
        finally:
            done.set()
            troubled.join()
            self.proxy.mend()
        return rounds, failures

    def check(self):
        results = {command: result for phone in self.phones for command, result in phone.results.items()}
        demand(len(results) == self.given.commands, f'{len(results)} of {self.given.commands} commands have an answer')
        returned = {command: code for command, (state, _, code) in results.items() if state == 'returned'}
        demand(all(returned.values()), 'whatever came back has a reason')
        applied = {command: passages for command, (state, passages, _) in results.items() if state == 'applied'}
        self.check_rows(results, applied, returned)
        demand(self.troubles['kill'] > 0 and self.troubles['cut'] > 0, f'the night was too quiet: {dict(self.troubles)}')
        overview = self.desk.get(f'/api/v1/communities/{self.community}/offline')
        by_device = {queue['device_id']: queue for queue in overview['devices']}
        for phone in self.phones:
            queue = by_device[phone.device]
            back = sum(1 for state, _, _ in phone.results.values() if state == 'returned')
            demand(queue['missing'] == [], f'{phone.name} has holes: {queue["missing"]}')
            demand((queue['records'], queue['highest'], queue['returned']) == (phone.sequence, phone.sequence, back),
                   f'{phone.name} counts {phone.sequence} and {back} returned, the server {queue}')
        return applied, returned

    def check_rows(self, results, applied, returned):
        database = sqlite3.connect(f'file:{self.folder / "data/firstline.db"}?mode=ro', uri=True)
        try:
            rows = dict(database.execute('select id, command_id from passage').fetchall())
            records = [uuid.UUID(bytes=row[0]) for row in database.execute('select command_id from offline_record')]
            late = database.execute('select r.device_at, r.skew_ms, p.at, p.device_at, r.recorded_at from offline_record r join passage p on '
                                    'p.command_id = r.command_id join late_passage l on l.passage_id = p.id').fetchall()
        finally:
            database.close()
        if self.given.plant == 'lose':
            rows.pop(int(next(passages[0] for passages in applied.values() if passages)))
        if self.given.plant == 'twice':
            rows[1] = next(iter(rows.values()))
        commands = [uuid.UUID(bytes=command) for command in rows.values()]
        demand(len(commands) == len(set(commands)), 'a command has two passages')
        demand(len(records) == len(set(records)) == len(results), f'{len(records)} records are kept of {len(results)}')
        for command, passages in applied.items():
            for passage in passages:
                demand(int(passage) in rows, f'the passage {passage} of {command} is not there')
        made = {str(command) for command in commands}
        demand(not made & set(returned), 'a command that came back has a passage')
        for device_at, skew, at, kept_device_at, recorded_at in late:
            demand(device_at == kept_device_at, "the device's own time is kept")
            demand(at == min(device_at + skew, recorded_at), 'a passage stands at its own time, corrected')
        demand(len(late) > 0, 'some passages are late')

    def check_chain(self):
        self.server.stop()
        done = subprocess.run([self.given.bin / 'firstline', 'audit', 'verify', '--data', self.folder / 'data'], capture_output=True, text=True)
        demand(done.returncode == 0, f'audit verify ended with {done.returncode}: {done.stdout[-300:]}{done.stderr[-300:]}')


def main():
    given = arguments()
    progress(f'offline drill: {given.commands} commands, seed {given.seed}')
    with tempfile.TemporaryDirectory(prefix='fl_offline_drill_') as folder:
        begin = time.monotonic()
        night = Night(given, Path(folder))
        try:
            night.fill_queues()
            tried = night.try_online_first()
            rounds, failures = night.sync()
            applied, returned = night.check()
            night.check_chain()
            print(f'offline drill: {given.commands} commands, {len(applied)} applied once, {len(returned)} returned '
                  f'({", ".join(sorted(set(returned.values())))}), {tried} tried online first, {night.troubles["kill"]} kills, {night.troubles["cut"]} cuts, {night.troubles["silence"]} silences, '
                  f'{failures} of {3 * rounds} sendings failed, {time.monotonic() - begin:.0f} s')
        except Failed as failed:
            print(f'offline drill failed (seed {given.seed}): {failed}', file=sys.stderr)
            return 1
        finally:
            night.proxy.stop()
            night.server.stop()
            if night.space:
                night.space.remove()
    return 0


if __name__ == '__main__':
    sys.exit(main())
