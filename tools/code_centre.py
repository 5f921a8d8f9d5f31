#!/usr/bin/env python3
"""A health code centre that is none: the other end of the reference connector (docs/connector.md), for tests and for
showing how a city's centre is joined. Knows the people of a CSV file (id_number,name,colour,read_at); keeps nothing.

    tools/code_centre.py --people people.csv [--port 8190] [--client community --secret SECRET] [--grant-seconds 3600]
"""
import argparse
import csv
import datetime
import hmac
import json
import secrets
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ZONE = datetime.timezone(datetime.timedelta(hours=8))


def stamp(moment):
    return moment.isoformat(timespec='milliseconds')


class Refused(Exception):
    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code = status, code


class Centre:
    def __init__(self, people, client, secret, grant_seconds):
        self.people, self.client, self.secret, self.grant_seconds = people, client, secret, grant_seconds
        self.grants, self.codes, self.receipts = {}, {}, 0

    def now(self):
        return datetime.datetime.now(ZONE)

    def receipt(self):
        self.receipts += 1
        return {'number': f'R{self.receipts:06d}'}

    def person(self, subject):
        known = self.people.get(subject['id_number'])
        if not known or known['name'] != subject['name']:
            raise Refused(404, 'unknown_person', 'nobody of this number and name')
        return known

    def info(self, known):
        return {'colour': known['colour'], 'read_at': known['read_at'] or stamp(self.now())}

    def allowed(self, bearer):
        until = self.grants.get(bearer)
        return until is not None and self.now() < until

    def call_applications(self, asked):
        if asked['client'] != self.client or not hmac.compare_digest(asked['secret'], self.secret) or not asked['purpose']:
            raise Refused(403, 'refused', 'this client may not call, or says not what for')
        token, until = secrets.token_urlsafe(24), self.now() + datetime.timedelta(seconds=self.grant_seconds)
        self.grants[token] = until
        return {'token': token, 'valid_until': stamp(until)}

    def health_declarations(self, asked):
        self.person(asked['subject'])
        if not 300 <= asked.get('temperature_tenths', 365) <= 450:
            raise Refused(400, 'bad_input', 'temperature_tenths')
        return self.receipt()

    def travel_declarations(self, asked):
        self.person(asked['subject'])
        if not asked['to_division'].isdigit():
            raise Refused(400, 'bad_input', 'to_division')
        return self.receipt()

    def health_queries(self, asked):
        return self.info(self.person(asked))

    def codes_made(self, asked):
        self.person(asked)
        code, until = 'SIM1.' + secrets.token_urlsafe(12), self.now() + datetime.timedelta(hours=24)
        self.codes[code] = (asked['id_number'], until)
        return {'code': code, 'valid_until': stamp(until)}

    def code_checks(self, asked):
        number, until = self.codes.get(asked['code'], ('', None))
        if until is None or self.now() >= until:
            raise Refused(404, 'unknown_code', 'no such code, or it has run out')
        known = self.people[number]
        return {'subject': {'id_number': number, 'name': known['name']}, 'info': self.info(known)}

    def corrections(self, asked):
        known = self.person(asked['subject'])
        if not asked['document']:
            raise Refused(400, 'bad_input', 'document')
        known['colour'], known['read_at'] = 'green', stamp(self.now())
        return self.receipt()

    VERBS = {'call-applications': call_applications, 'health-declarations': health_declarations,
             'travel-declarations': travel_declarations, 'health-queries': health_queries, 'codes': codes_made,
             'code-checks': code_checks, 'corrections': corrections}


def handler_of(centre, quiet):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            verb = self.path.strip('/').split('/')[-1]
            body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
            try:
                if verb not in Centre.VERBS:
                    raise Refused(404, 'unknown_verb', verb)
                bearer = self.headers.get('Authorization', '').removeprefix('Bearer ')
                if verb != 'call-applications' and not centre.allowed(bearer):
                    raise Refused(401, 'not_allowed', 'apply for the right to call first')
                self.answer(200, Centre.VERBS[verb](centre, json.loads(body)))
            except Refused as refused:
                self.answer(refused.status, {'code': refused.code, 'message': str(refused)})
            except (KeyError, TypeError, ValueError) as bad:
                self.answer(400, {'code': 'bad_input', 'message': str(bad)})

        def answer(self, status, value):
            text = json.dumps(value).encode()
            self.send_response(status)
            self.send_header('Content-Type', 'application/json')
            self.send_header('Content-Length', str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *line):
            if not quiet:
                super().log_message(*line)

    return Handler


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('--people', required=True)
    options.add_argument('--port', type=int, default=8190)
    options.add_argument('--client', default='community')
    options.add_argument('--secret', default='simulated')
    options.add_argument('--grant-seconds', type=float, default=3600)
    options.add_argument('--quiet', action='store_true')
    told = options.parse_args()
    with open(told.people, encoding='utf-8-sig', newline='') as file:
        people = {row['id_number']: row for row in csv.DictReader(file)}
    centre = Centre(people, told.client, told.secret, told.grant_seconds)
    server = ThreadingHTTPServer(('127.0.0.1', told.port), handler_of(centre, told.quiet))
    print(f'code centre (simulated): http://127.0.0.1:{server.server_port}', flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == '__main__':
    main()
