// Base45 (RFC 9285), strict: upper case only, no group that stands for more than its octets hold.

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

// A reason of the layer: "BASE45_CHARACTER", "CBOR_TRUNCATED".
export class Refused extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

export function toBase45(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length; at += 2) {
    const pair = at + 1 < octets.length;
    let number = pair ? octets[at]! * 256 + octets[at + 1]! : octets[at]!;
    for (let left = pair ? 3 : 2; left > 0; left -= 1) {
      text += alphabet[number % 45]!;
      number = Math.floor(number / 45);
    }
  }
  return text;
}

export function fromBase45(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 3 === 1) throw new Refused('BASE45_LENGTH');
  const octets = new Uint8Array(Math.floor((text.length * 2) / 3));
  let out = 0;
  for (let at = 0; at < text.length; at += 3) {
    const group = text.slice(at, at + 3);
    let number = 0;
    for (let place = group.length - 1; place >= 0; place -= 1) {
      const value = alphabet.indexOf(group[place]!);
      if (value < 0) throw new Refused('BASE45_CHARACTER');
      number = number * 45 + value;
    }
    if (number > (group.length === 3 ? 0xffff : 0xff)) throw new Refused('BASE45_VALUE');
    if (group.length === 3) octets[out++] = number >> 8;
    octets[out++] = number & 0xff;
  }
  return octets;
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
export function toBase64(octets: Uint8Array): string {
  return btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(''));
}
