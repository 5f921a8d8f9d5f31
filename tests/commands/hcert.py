"""Health certificates made from the description of their format alone: CBOR, COSE_Sign1, zlib, base45; keys and signatures by the openssl command.

Shares no line with the program, so that both would have to misread the format in the same way.
"""
import base64
import hashlib
import subprocess
import zlib

ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'


def cbor(value):
    def head(major, number):
        for extra, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
            if number < 24:
                return bytes([major << 5 | number])
            if number < 1 << 8 * size:
                return bytes([major << 5 | extra]) + number.to_bytes(size, 'big')
        raise ValueError(number)
    if isinstance(value, bool):
        return b'\xf5' if value else b'\xf4'
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b''.join(map(cbor, value))
    return head(5, len(value)) + b''.join(cbor(key) + cbor(each) for key, each in value.items())


def base45(octets):
    text = ''
    for at in range(0, len(octets), 2):
        pair = octets[at:at + 2]
        number = int.from_bytes(pair, 'big')
        for _ in range(3 if len(pair) == 2 else 2):
            number, digit = divmod(number, 45)
            text += ALPHABET[digit]
    return text


def openssl(*words, given=None):
    return subprocess.run(['openssl', *map(str, words)], input=given, capture_output=True, check=True).stdout


class Issuer:
    def __init__(self, folder, name):
        self.key, self.certificate = folder / f'{name}.key', folder / f'{name}.der'
        openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', self.key)
        openssl('req', '-x509', '-new', '-key', self.key, '-subj', f'/CN={name}', '-days', '3650', '-outform', 'DER', '-out', self.certificate)
        self.der = self.certificate.read_bytes()
        self.base64 = base64.b64encode(self.der).decode()
        self.key_id = hashlib.sha256(self.der).digest()[:8]
        # SubjectPublicKeyInfo of P-256 ends with the uncompressed point.
        self.point = openssl('ec', '-in', self.key, '-pubout', '-outform', 'DER')[-65:]

    def sign(self, octets):
        """r and s, 32 octets each, out of openssl's DER."""
        der = openssl('dgst', '-sha256', '-sign', self.key, given=octets)
        numbers, at = [], 2
        for _ in range(2):
            length = der[at + 1]
            numbers.append(int.from_bytes(der[at + 2:at + 2 + length], 'big').to_bytes(32, 'big'))
            at += 2 + length
        return b''.join(numbers)

    def cose(self, payload, tag=b'\xd2'):
        header = cbor({1: -7, 4: self.key_id})
        signature = self.sign(cbor(['Signature1', header, b'', payload]))
        return tag + cbor([header, {}, payload, signature])


def vaccination(issued, expires, country='AT'):
    return cbor({1: country, 4: expires, 6: issued, -260: {1: {
        'ver': '1.3.0', 'nam': {'fn': 'Musterfrau', 'fnt': 'MUSTERFRAU', 'gn': 'Gabriele', 'gnt': 'GABRIELE'}, 'dob': '1998-02-26',
        'v': [{'tg': '840539006', 'vp': '1119349007', 'mp': 'EU/1/20/1528', 'ma': 'ORG-100030215', 'dn': 2, 'sd': 2, 'dt': '2021-02-18', 'co': country,
               'is': 'Ministry', 'ci': 'URN:UVCI:01:AT:1'}]}}})


def code_of(cose):
    return 'HC1:' + base45(zlib.compress(cose, 9))
