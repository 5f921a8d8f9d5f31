"""A signed-in desk and enrolled devices over plain HTTP, for the fault tests. Knows no rule."""
import http.client
import json
import os
import time


def uuid7(moment=None, chance=os.urandom):
    """A command's id, as clients make it: time-ordered, version 7."""
    milliseconds = int((time.time() if moment is None else moment) * 1000)
    raw = bytearray(milliseconds.to_bytes(6, 'big') + chance(10))
    raw[6] = raw[6] & 0x0f | 0x70
    raw[8] = raw[8] & 0x3f | 0x80
    text = raw.hex()
    return '-'.join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def stamp(moment):
    """RFC 3339 in Shanghai, with milliseconds."""
    milliseconds = int(round(moment * 1000))
    shanghai = time.gmtime(milliseconds // 1000 + 8 * 3600)
    return time.strftime('%Y-%m-%dT%H:%M:%S', shanghai) + f'.{milliseconds % 1000:03d}+08:00'


class Refused(Exception):
    """The server answered with a problem: status and its stable code."""

    def __init__(self, status, code):
        super().__init__(f'{status} {code}')
        self.status, self.code = status, code


class Asker:
    """One way to the server: a port (of a proxy perhaps) and the headers that say who asks."""

    def __init__(self, port, headers=None, timeout=10, host='127.0.0.1'):
        self.host, self.port, self.headers, self.timeout = host, port, dict(headers or {}), timeout

    def ask(self, method, path, body=None):
        """The answer's JSON. Refused for a problem; OSError or HTTPException where no answer came."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=self.timeout)
        try:
            headers = dict(self.headers)
            if body is not None:
                headers['Content-Type'] = 'application/json'
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            content = answer.read()
            self.cookies = answer.headers.get_all('Set-Cookie') or []
            said = json.loads(content) if content else {}
            if answer.status >= 400:
                raise Refused(answer.status, said.get('code'))
            return said
        finally:
            connection.close()

    def get(self, path):
        return self.ask('GET', path)

    def post(self, path, body):
        return self.ask('POST', path, body)


def sign_in(port, login, password, host='127.0.0.1'):
    """An asker with a session; `session` holds what the server said of it."""
    asker = Asker(port, host=host)
    session = asker.post('/api/v1/session', {'login': login, 'password': password})
    cookie = asker.cookies[0].split(';')[0]
    signed_in = Asker(port, {'Cookie': cookie, 'X-Firstline-Csrf': session['csrf']}, host=host)
    signed_in.session = session
    return signed_in


def demo_account(data_folder, role):
    accounts = json.loads((data_folder / 'demo.json').read_text())['accounts']
    return next(account for account in accounts if account['role'] == role)


def enrol(desk, gate, name, port, kind=None):
    """A device of the gate: its id, and an asker with its token."""
    command = {'id': uuid7(), 'name': name}
    if kind:
        command['kind'] = kind
    offer = desk.post(f'/api/v1/gates/{gate}/enrolments', command)
    device = Asker(port, host=desk.host).post('/api/v1/devices', {'id': uuid7(), 'code': offer['code']})
    return device['device_id'], Asker(port, {'Authorization': f'Bearer {device["token"]}'}, host=desk.host)
