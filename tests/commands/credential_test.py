#!/usr/bin/env python3
"""Runs `firstline credential ...` as other programs do, on codes that the program did not make, and its own from issue to revocation."""
import argparse
import base64
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / 'bench'), str(Path(__file__).resolve().parent), str(ROOT / 'tests/fault')]
from desk import Asker  # noqa: E402
from hcert import Issuer, cbor, code_of, vaccination  # noqa: E402
from running import Server, free_port  # noqa: E402

# Issuers' certificates begin now: openssl makes no older ones. Everything else is counted from a moment soon after.
ISSUED = int(time.time()) + 60
ENDS = ISSUED + 86400
CHECKS = ['context', 'base45', 'zlib', 'cose', 'cwt', 'kid', 'signature', 'time', 'keyusage', 'schema']


def stamp(seconds, zone_hours=None):
    text = time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds + 3600 * (zone_hours or 0)))
    return text if zone_hours is None else text + f'+{zone_hours:02}:00'


CLOCK = stamp(ISSUED + 3600, 2)


def demand(condition, text):
    if not condition:
        raise SystemExit(f'credential commands: {text}')


class Program:
    def __init__(self, binary):
        self.binary, self.runs = binary, 0

    def run(self, *words, given=''):
        self.runs += 1
        done = subprocess.run([self.binary, 'credential', *map(str, words)], input=given, capture_output=True, text=True)
        demand(done.returncode in (0, 1, 2), f'{words} ended with {done.returncode}')
        return done

    def lines(self, *words, questions):
        done = self.run(*words, given=''.join(json.dumps(each) + '\n' for each in questions))
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        demand(done.returncode == 0 and [each['id'] for each in answers] == [each['id'] for each in questions],
               f'{words}: a line for each line, in order, exit 0; got {done.returncode} {done.stderr}')
        return answers


def verify_lines(program, issuer, other):
    good = issuer.cose(vaccination(ISSUED, ENDS))
    code = code_of(good)

    def question(name, qr, clock=CLOCK, certs=None):
        return {'id': name, 'qr': qr, 'certs': certs or [issuer.base64], 'clock': clock, 'emit': ['stages', 'payload']}
    bomb = code_of(b'\0' * (4 << 20))
    cases = [
        (question('good', code), 'ok', None), (question('no tag', code_of(good[1:])), 'ok', None), (question('CWT around', code_of(b'\xd8\x3d' + good)), 'ok', None),
        (question('context', 'HC2' + code[3:]), 'context', 'CONTEXT_UNKNOWN'), (question('lower case', 'HC1:' + code[4:].lower()), 'base45', 'BASE45_CHARACTER'),
        (question('not zlib', 'HC1:' + code[10:]), 'zlib', 'ZLIB_NOT_ZLIB'), (question('bomb', bomb), 'zlib', 'ZLIB_TOO_LARGE'),
        (question('cut', code_of(good[:-1])), 'cose', 'CBOR_TRUNCATED'), (question('trailing', code_of(good + b'\0')), 'cose', 'CBOR_TRAILING'),
        (question('no claims', code_of(issuer.cose(cbor({1: 'AT'})))), 'cwt', 'CWT_NO_CERTIFICATE'),
        (question('unknown signer', code, certs=[other.base64]), 'kid', 'KID_UNKNOWN'),
        (question('changed', code_of(good[:-1] + bytes([good[-1] ^ 1]))), 'signature', 'SIGNATURE_WRONG'),
        (question('last second', code, stamp(ENDS, 8)), 'ok', None), (question('a second later', code, stamp(ENDS + 1) + 'Z'), 'time', 'TIME_EXPIRED'),
        (question('first second', code, stamp(ISSUED)), 'ok', None), (question('a second before', code, stamp(ISSUED - 1, 2)), 'time', 'TIME_NOT_YET')]
    answers = program.lines('verify', '--profile', 'hcert', '--jsonl', questions=[each for each, _, _ in cases])
    for answer, (asked, stage, reason) in zip(answers, cases):
        demand((answer['verdict'], answer['stage'], answer['reason']) == ('accept' if stage == 'ok' else 'reject', stage, reason),
               f'{asked["id"]}: {answer["verdict"]} {answer["stage"]} {answer["reason"]}')
        demand(list(answer['checks']) == CHECKS, f'{asked["id"]}: the checks are {list(answer["checks"])}')
    first = answers[0]
    demand(list(first)[:5] == ['id', 'verdict', 'stage', 'reason', 'checks'] and {'compressed_hex', 'cose_hex', 'alg', 'kid', 'iss', 'iat', 'exp', 'payload', 'us'} <= set(first),
           f'the members are {list(first)}')
    demand(first['cose_hex'] == good.hex() and zlib.decompress(bytes.fromhex(first['compressed_hex'])) == good, 'the stages are what was put in')
    demand((first['alg'], first['iss'], first['iat'], first['exp']) == (-7, 'AT', ISSUED, ENDS), 'the claims are what was put in')
    demand(first['payload']['nam']['fnt'] == 'MUSTERFRAU' and first['checks']['schema'] is True, 'the payload is what was put in')
    late = answers[-3]['checks']
    demand(late['signature'] is True and late['keyusage'] is True and late['time'] is False, 'later checks run after a failed time')
    garbage = program.run('verify', '--profile', 'hcert', '--jsonl', given='{"id":"x"\n[]\n{"id":1,"qr":7}\n')
    demand(len(garbage.stdout.splitlines()) == 3, 'garbage has its lines, too')
    return code, good


def verify_one(program, issuer, code, folder):
    for words, exit_code in ((['--cert', issuer.certificate, '--clock', CLOCK], 0), (['--cert', issuer.certificate, '--clock', stamp(ENDS + 1) + 'Z'], 1),
                             (['--cert', folder / 'none', '--clock', CLOCK], 2), (['--cert', issuer.certificate, '--clock', 'noon'], 2),
                             (['--clock', CLOCK], 2), ([], 2)):
        done = program.run('verify', '--profile', 'hcert', *words, given=code)
        demand(done.returncode == exit_code, f'verify {words} ended with {done.returncode}')
    demand(program.run('verify', given=code).returncode == 2 and program.run('verify', '--profile', 'x', given=code).returncode == 2, 'no profile is usage')


def decode_and_cose(program, issuer, code, good, folder):
    taken = json.loads(program.run('decode', given=code).stdout)
    demand(taken['cose_hex'] == good.hex() and taken['claims']['1'] == 'AT', 'decode takes it apart')
    picture = folder / 'qr.png'
    subprocess.run(['qrencode', '-o', picture, '-l', 'Q', '-s', '4', code], check=True)
    seen = json.loads(program.run('decode', '--png', picture).stdout)
    demand(seen['qr'] == code and seen['cose_hex'] == good.hex(), 'decode reads a picture')
    demand(program.run('decode', given='nothing').returncode == 1 and program.run('decode', '--png', '/no/such.png').returncode == 2, 'decode refuses')
    x, y = issuer.point[1:33].hex(), issuer.point[33:].hex()
    answers = program.lines('cose', '--jsonl', questions=[
        {'id': 1, 'hex': good.hex(), 'key': {'kty': 'EC', 'crv': 'P-256', 'x': x, 'y': y}}, {'id': 2, 'hex': good.hex(), 'key': issuer.point.hex()},
        {'id': 3, 'hex': good[:-1].hex() + '00', 'key': issuer.point.hex()}, {'id': 4, 'hex': good[:20].hex(), 'key': issuer.point.hex()}])
    demand([each['stage'] for each in answers][:2] == ['ok', 'ok'] and answers[3]['stage'] == 'cose', f'cose answers {answers}')
    demand(answers[2]['stage'] == ('ok' if good[-1] == 0 else 'signature'), 'another last octet is another signature')


def our_own(program, folder, port):
    """Issue, trust, verify, revoke, verify: with the lists as a server hands them out."""
    data, root = folder / 'data', folder / 'root.key'
    server = Server([program.binary, 'serve', '--demo', '--data', data, '--listen', f'127.0.0.1:{port}'], port, log=folder / 'server.log')
    community = '620102/020/901'
    try:
        with sqlite3.connect(f'file:{data}/firstline.db?mode=ro', uri=True) as database:
            people = [row[0] for row in database.execute('select id from person order by id')]
            area = database.execute("select id from area where kind = 'community' and cast(path as text) = ?", (community,)).fetchone()[0]
        issued = None
        for person in people:
            done = program.run('issue', '--data', data, '--community', community, '--person', person, '--ground', 'elder', '--days', '7')
            if done.returncode == 0:
                issued = done
                break
        demand(issued, 'somebody is of 60 and above')
        code = issued.stdout.strip()
        code_ref = issued.stderr.split()[1].rstrip(',')
        trusted = program.run('trust', '--data', data, '--root', root, '--make-root')
        demand(trusted.returncode == 0 and 'keys 1' in trusted.stdout, f'trust: {trusted.stdout}{trusted.stderr}')
        asker = Asker(port)

        def verify(clock):
            (folder / 'trust').write_text(asker.get('/api/v1/trust-list')['octets'])
            (folder / 'point').write_text(asker.get('/api/v1/trust-list')['root'])
            (folder / 'revocations').write_text(asker.get(f'/api/v1/communities/{area}/revocations')['octets'])
            done = program.run('verify', '--profile', 'fl', '--trust', folder / 'trust', '--root', folder / 'point', '--revocations', folder / 'revocations',
                               '--clock', clock, given=code)
            return done.returncode, json.loads(done.stdout)
        now = time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(time.time() + 1))
        exit_code, answer = verify(now)
        demand((exit_code, answer['verdict'], answer['copyable']) == (0, 'accept', True), f'paper verifies: {answer}')
        exit_code, answer = verify(stamp(time.time() + 8 * 86400) + 'Z')
        demand((exit_code, answer['stage'], answer['reason']) == (1, 'time', 'TIME_EXPIRED'), f'paper ends: {exit_code} {answer}')
        demand(program.run('revoke', '--data', data, '--community', community, '--code', code_ref, '--reason', 'lost').returncode == 0, 'revoke')
        exit_code, answer = verify(now)
        demand((exit_code, answer['stage'], answer['reason']) == (1, 'revocation', 'REVOCATION_REVOKED'), f'revoked paper: {answer}')
        demand(program.run('revoke', '--data', data, '--community', community, '--code', code_ref).returncode == 2, 'revoked before')
        withdrawn = program.run('trust', '--data', data, '--root', root, '--withdraw', base64.b64decode(answer['kid']).hex())
        demand(withdrawn.returncode == 0, f'withdraw: {withdrawn.stderr}')
    finally:
        server.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--bin', type=Path, default=ROOT / 'build/release/bin')
    given = parser.parse_args()
    program = Program(given.bin / 'firstline')
    with tempfile.TemporaryDirectory(prefix='fl_credential_') as name:
        folder = Path(name)
        issuer, other = Issuer(folder, 'one'), Issuer(folder, 'other')
        code, good = verify_lines(program, issuer, other)
        verify_one(program, issuer, code, folder)
        decode_and_cose(program, issuer, code, good, folder)
        our_own(program, folder, free_port())
    print(f'credential commands: {program.runs} runs')


if __name__ == '__main__':
    main()
