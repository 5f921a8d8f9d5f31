#!/usr/bin/env python3
"""Runs every command of docs/readers.md against a server, and a simulated turnstile beside them."""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / 'bench'), str(Path(__file__).resolve().parent)]
from desk import Asker, Refused, demo_account, enrol, sign_in, stamp, uuid7  # noqa: E402
from running import Server, free_port  # noqa: E402


def demand(condition, text):
    if not condition:
        raise SystemExit(f'readers: {text}')


def commands():
    return re.findall(r'^```sh\n(.*?)^```', (ROOT / 'docs/readers.md').read_text(), re.M | re.S)


def run_documented(server_port, desk, gate, number, folder):
    """All blocks in one shell, so that a later one has what an earlier one made."""
    helpers = f'''set -eu
firstline_id() {{ python3 -c "import sys; sys.path.insert(0, '{Path(__file__).parent}'); import desk; print(desk.uuid7())"; }}
field() {{ python3 -c "import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])" "$1" "$2"; }}
'''
    environment = dict(os.environ, SERVER=f'http://127.0.0.1:{server_port}', GATE=gate, ID_NUMBER=number,
                       COOKIES=desk.headers['Cookie'], CSRF=desk.headers['X-Firstline-Csrf'])
    done = subprocess.run(['bash', '-c', helpers + '\n'.join(commands())], cwd=folder, env=environment, capture_output=True, text=True)
    demand(done.returncode == 0, f'the documented commands ended with {done.returncode}: {done.stderr}')
    answer = json.loads((folder / 'answer.json').read_text())
    demand(answer['open'] is True and answer['say']['zh'] and answer['say']['en'] and answer['name_masked'].endswith('**'),
           f'the documented question is answered with {answer}')
    demand(json.loads((folder / 'self.json').read_text())['kind'] == 'turnstile', 'the machine knows its kind')


class Turnstile:
    """A leaf that opens on what the server says and on nothing else."""

    def __init__(self, asker, gate):
        self.asker, self.gate, self.openings = asker, gate, 0

    def read(self, **what):
        question = {'id': uuid7(), 'at': stamp(time.time()), 'direction': 'in', 'temperature_tenths': 365, **what}
        answer = self.asker.post(f'/api/v1/gates/{self.gate}/readings', question)
        self.openings += answer['open']
        return question, answer


def run_simulated(desk, gate, number, port):
    device, asker = enrol(desk, gate, 'south leaf', port, 'turnstile')
    leaf = Turnstile(asker, gate)
    _, stranger = leaf.read(code='not one of ours')
    demand(not stranger['open'] and stranger['code'] == 'person.unknown_code', f'a strange code: {stranger}')
    question, first = leaf.read(id_number=number)
    demand(first['open'] and first.get('repeated_seconds') is not None, 'the card that was read before opens and is not counted again')
    again = asker.post(f'/api/v1/gates/{gate}/readings', question)
    demand(again['open'] and again['passage_id'] == first['passage_id'], 'the same question has the same passage')
    demand(leaf.openings == 1, 'it opened once')
    for method, path, body in (('GET', f'/api/v1/gates/{gate}/pack', None), ('GET', f'/api/v1/gates/{gate}/visits', None),
                               ('POST', f'/api/v1/gates/{gate}/emergencies',
                                {'id': uuid7(), 'at': stamp(0), 'kind': 'fire', 'direction': 'out', 'people': 1})):
        try:
            asker.ask(method, path, body)
            demand(False, f'a turnstile may not {method} {path}')
        except Refused as refused:
            demand(refused.status == 403, f'{method} {path}: {refused}')
    desk.post(f'/api/v1/devices/{device}/revoke', {'id': uuid7(), 'reason': 'test'})
    try:
        leaf.read(id_number=number)
        demand(False, 'a revoked machine is answered')
    except Refused as refused:
        demand(refused.status == 401 and refused.code == 'device.revoked', f'after revocation: {refused}')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--bin', type=Path, default=ROOT / 'build/release/bin')
    given = parser.parse_args()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix='fl_readers_') as name:
        folder = Path(name)
        server = Server([given.bin / 'firstline', 'serve', '--demo', '--data', folder / 'data', '--listen', f'127.0.0.1:{port}'], port,
                        log=folder / 'server.log')
        try:
            account = demo_account(folder / 'data', 'secretary')
            desk = sign_in(port, account['login'], account['password'])
            keeper = demo_account(folder / 'data', 'keeper')
            gate = sign_in(port, keeper['login'], keeper['password']).get('/api/v1/my/gates')['items'][0]['gate_id']
            community = desk.session['roles'][0]['area_id']
            _, phone = enrol(desk, gate, 'phone', port)
            number = None
            for home in json.loads(phone.get(f'/api/v1/gates/{gate}/pack')['pack'])['homes']:
                person = home['people'][0]
                if person.get('id_last4') and person['stands'].get('code', {}).get('colour') == 'green':
                    number = desk.post(f'/api/v1/communities/{community}/people/{person["person_id"]}/reveal',
                                       {'id': uuid7(), 'reason': 'correction', 'note': 'test of the readers'})['id_number']
                    break
            run_documented(port, desk, gate, number, folder)
            run_simulated(desk, gate, number, port)
        finally:
            server.stop()
    print(f'readers: {len(commands())} documented blocks run, one turnstile simulated')


if __name__ == '__main__':
    main()
