#!/usr/bin/env python3
"""The seven verbs of firstline code-centre against the simulated centre, and what a desk has of it."""
import argparse
import json
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / 'bench')]
from running import free_port  # noqa: E402

WHO = {'id_number': '11010519491231002X', 'name': '示范人'}
AT = '2022-03-15T12:00:00.000+08:00'


def demand(condition, text):
    if not condition:
        raise SystemExit(f'code centre: {text}')


class Verbs:
    def __init__(self, program, port, folder, secret):
        self.program, self.port, self.secret = program, port, folder / f'{secret}.secret'
        self.secret.write_text(secret + '\n')

    def say(self, verb, *lines):
        done = subprocess.run([self.program, 'code-centre', verb, '--code-centre', f'http://127.0.0.1:{self.port}/', '--code-centre-secret-file',
                               self.secret], input='\n'.join(map(json.dumps, lines)), capture_output=True, text=True, timeout=30)
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]

    def one(self, verb, line):
        code, said = self.say(verb, line)
        demand(code == 0 and len(said) == 1, f'{verb}: {code} {said}')
        return said[0]


def up(port):
    for _ in range(100):
        try:
            urllib.request.urlopen(f'http://127.0.0.1:{port}', timeout=1)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit('code centre: the simulated one did not start')


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument('--bin', required=True)
    program = str(Path(options.parse_args().bin) / 'firstline')
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        (folder / 'people.csv').write_text(f'id_number,name,colour,read_at\n{WHO["id_number"]},{WHO["name"]},red,{AT}\n')
        simulated = subprocess.Popen([sys.executable, ROOT / 'tools/code_centre.py', '--people', folder / 'people.csv', '--port', str(port),
                                      '--secret', 'right', '--quiet'], stdout=subprocess.DEVNULL)
        try:
            up(port)
            verbs = Verbs(program, port, folder, 'right')
            demand(verbs.one('query-health', WHO) == {'colour': 'red', 'read_at': AT}, 'how somebody stands')
            receipt = verbs.one('declare-health', {'subject': WHO, 'at': AT, 'temperature_tenths': 365, 'symptoms': [], 'stayed_at_risk': False})
            demand(receipt['number'].startswith('R'), 'a receipt for health')
            demand(verbs.one('declare-travel', {'subject': WHO, 'from_division': '620100', 'to_division': '620102', 'transport': 'train',
                                                'leaves_at': AT})['number'] > receipt['number'], 'a receipt for a journey')
            code = verbs.one('make-code', WHO)['code']
            checked = verbs.one('verify-code', {'code': code})
            demand(checked['subject'] == WHO and checked['info']['colour'] == 'red', 'whose code it is')
            verbs.one('correct', {'subject': WHO, 'shown': 'red', 'reason': 'another person', 'document': '2022-7'})
            demand(verbs.one('query-health', WHO)['colour'] == 'green', 'a colour that was wrong is corrected')
            demand(verbs.one('apply', {'client': 'community', 'secret': 'right', 'purpose': 'trial'})['token'], 'the right to call')

            code, said = verbs.say('query-health', {'id_number': '1', 'name': 'nobody'}, {'colour': 'red'}, WHO)
            demand(code == 1 and said[0]['error'] == 'centre.unknown_person' and said[1]['error'].startswith('json.') and
                   said[2]['colour'] == 'green', f'one bad line spoils no other: {said}')
            demand(verbs.say('verify-code', {'code': 'SIM1.none'})[1][0]['error'] == 'centre.unknown_person', 'an unknown code')
            demand(Verbs(program, port, folder, 'wrong').say('query-health', WHO) [1][0]['error'] == 'centre.refused', 'a wrong secret')
        finally:
            simulated.kill()
            simulated.wait()
        demand(Verbs(program, port, folder, 'right').say('query-health', WHO)[1][0]['error'] == 'centre.not_reachable', 'a centre that is gone')
    print('code centre: seven verbs, and every no')


if __name__ == '__main__':
    main()
