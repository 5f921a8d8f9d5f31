#!/usr/bin/env python3
"""A server that is killed and started again knows the pack that a phone holds: nothing is sent where nothing has changed."""
import argparse
import http.client
import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / 'bench'), str(Path(__file__).resolve().parent)]
from desk import demo_account, sign_in, uuid7  # noqa: E402
from running import Server, free_port  # noqa: E402


def demand(condition, text):
    if not condition:
        raise SystemExit(f'pack after a restart: {text}')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--bin', type=Path, default=ROOT / 'build/release/bin')
    given = parser.parse_args()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix='fl_pack_') as name:
        data = Path(name) / 'data'

        def start():
            return Server([given.bin / 'firstline', 'serve', '--demo', '--data', data, '--listen', f'127.0.0.1:{port}'], port, log=Path(name) / 'log')
        server = start()
        try:
            keeper, secretary = (demo_account(data, role) for role in ('keeper', 'secretary'))
            asker = sign_in(port, keeper['login'], keeper['password'])
            path = f'/api/v1/gates/{asker.get("/api/v1/my/gates")["items"][0]["gate_id"]}/pack'
            held = json.loads(asker.get(path)['pack'])
            server.kill()
            server = start()
            connection = http.client.HTTPConnection('127.0.0.1', port, timeout=30)
            connection.request('GET', path, headers={**asker.headers, 'If-None-Match': f'"{held["version"]}"'})
            demand(connection.getresponse().status == 304, 'what the phone holds is still so, and that is all it hears')
            same = json.loads(asker.get(f'{path}?since={held["version"]}')['pack'])
            demand((same['version'], same.get('since'), same['homes']) == (held['version'], held['version'], []), 'no difference')

            # A code is revoked: another list, so another version, and a difference without a home.
            desk = sign_in(port, secretary['login'], secretary['password'])
            community = desk.session['roles'][0]['area_id']
            command = {'id': uuid7(), 'kind': 'visitor', 'name': 'Wang', 'last_four': '1234'}
            code = desk.post(f'/api/v1/communities/{community}/codes', command)['code_ref']
            desk.post(f'/api/v1/communities/{community}/codes/{code}/revoke', {'id': uuid7(), 'reason': 'lost'})
            numbers = {each['kind']: each['number'] for each in held['lists']}
            for _ in range(50):
                later = json.loads(asker.get(f'{path}?since={held["version"]}')['pack'])
                if later['version'] != held['version']:
                    break
                time.sleep(0.2)
            told = {each['kind']: each['number'] for each in later['lists']}
            demand(later['version'] != held['version'] and later['since'] == held['version'] and later['homes'] == [], 'a difference')
            demand(told['revocations'] > numbers['revocations'] and told['trust'] == numbers['trust'], f'{numbers} became {told}')
            path_of_list = next(each['path'] for each in later['lists'] if each['kind'] == 'revocations')
            demand(asker.get(path_of_list)['number'] == told['revocations'], 'the list that the pack names is there')
        finally:
            server.stop()
    print('pack after a restart: known again, and told of a revocation')


if __name__ == '__main__':
    main()
