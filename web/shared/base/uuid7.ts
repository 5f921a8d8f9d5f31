// Command ids: UUID version 7 (RFC 9562). Works without a secure context, where crypto.randomUUID is missing.

export function uuid7(nowMs: number = Date.now(), fill: (bytes: Uint8Array) => void = random): string {
  const bytes = new Uint8Array(16);
  fill(bytes);
  let rest = nowMs;
  for (let at = 5; at >= 0; at -= 1) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function random(bytes: Uint8Array): void {
  crypto.getRandomValues(bytes);
}
