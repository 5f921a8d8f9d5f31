import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, command, Problem, setCsrf, type Retry } from './client';

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const serverGiving = (...answers: (Response | Error)[]) => {
  const sent: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    const next = answers.shift()!;
    if (next instanceof Error) throw next;
    return next;
  });
  return sent;
};
const waits: number[] = [];
const retry: Retry = { attempts: 3, wait: async (ms) => void waits.push(ms) };
const idOf = (init: RequestInit) => (JSON.parse(init.body as string) as { id: string }).id;

afterEach(() => {
  vi.unstubAllGlobals();
  setCsrf(null);
  waits.length = 0;
});

describe('command', () => {
  it('asks again under the same id when the answer was lost', async () => {
    const sent = serverGiving(new TypeError('lost'), answer(200, { ok: 1 }));
    expect(await command('/x', { a: 1 }, retry)).toEqual({ ok: 1 });
    expect(sent).toHaveLength(2);
    expect(idOf(sent[0]!.init)).toBe(idOf(sent[1]!.init));
  });
  it('waits at least as long as a busy server says, and not with everybody else to the same moment', async () => {
    const busy = () => answer(503, { code: 'server.stopping', retry_after_seconds: 1 });
    for (let phone = 0; phone < 5; phone += 1) {
      serverGiving(busy(), answer(200, {}));
      await command('/x', {}, retry);
    }
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1500);
    expect(new Set(waits).size).toBeGreaterThan(1);
  });
  it.each([400, 401, 403, 404, 409, 429, 500])('does not repeat a refusal, %i', async (status) => {
    const sent = serverGiving(answer(status, { code: 'some.reason', title: 'No', title_zh: '不' }));
    await expect(command('/x', {}, retry)).rejects.toMatchObject({ status, code: 'some.reason' });
    expect(sent).toHaveLength(1);
  });
  it('gives up after its attempts', async () => {
    const sent = serverGiving(new TypeError(), new TypeError(), new TypeError());
    await expect(command('/x', {}, retry)).rejects.toMatchObject({ status: 0, code: 'network.unreachable' });
    expect(sent).toHaveLength(3);
  });
  it('uses a new id for a new command', async () => {
    const sent = serverGiving(answer(200, {}), answer(200, {}));
    await command('/x', {}, retry);
    await command('/x', {}, retry);
    expect(idOf(sent[0]!.init)).not.toBe(idOf(sent[1]!.init));
  });
});

describe('call', () => {
  const header = (init: RequestInit) => (init.headers as Record<string, string>)['X-Firstline-Csrf'];
  it('carries the token of the session, or stands on the device', async () => {
    const sent = serverGiving(answer(200, {}), answer(200, {}), answer(200, {}));
    await call('POST', '/x', {});
    setCsrf('abc');
    await call('POST', '/x', {});
    await call('GET', '/x');
    expect(sent.map(({ init }) => header(init))).toEqual(['device', 'abc', undefined]);
  });
  it('makes a problem of a page that is not ours', async () => {
    serverGiving(new Response('<html>', { status: 502 }));
    await expect(call('GET', '/x')).rejects.toBeInstanceOf(Problem);
  });
});
