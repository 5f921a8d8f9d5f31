// The server under test, one for the whole run, and how tests speak to it without a page.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base } from '@playwright/test';

export interface Account {
  role: string;
  login: string;
  password: string;
  totp_secret?: string;
}
export interface Firstline {
  address: string;
  real: boolean; // False: the mock server.
  now: () => number; // The server's clock, in milliseconds.
  account: (roleOrLogin: string) => Account;
  totp: (account: Account) => string;
  signIn: (roleOrLogin: string) => Promise<Api>;
  // A command of the program on the same data; the server is stopped meanwhile.
  atTheMachine: (...words: string[]) => Promise<string>;
  // As a power cut would have it; the next start finds its data. Signed-in sessions of `signIn` go on.
  stop: () => Promise<void>;
  startAgain: () => Promise<void>;
}
export interface Api {
  session: { csrf: string; roles: { role: string; area_id: string }[]; display_name: string };
  get: (path: string) => Promise<any>;
  command: (path: string, body?: Record<string, unknown>) => Promise<any>;
}

const program = process.env.FIRSTLINE_BIN ? resolve(process.env.FIRSTLINE_BIN) : '';
const mock = resolve(__dirname, '../../web/dev/mock.mjs');
const mockAccounts: Account[] = [
  { role: 'keeper', login: 'keeper', password: 'demo' },
  { role: 'resident', login: 'resident', password: 'demo' },
  { role: 'resident', login: 'resident2', password: 'demo' },
  { role: 'grid_worker', login: 'grid', password: 'demo' },
  { role: 'secretary', login: 'secretary', password: 'demo' },
  { role: 'health_officer', login: 'officer', password: 'demo', totp_secret: 'mock' },
];
const startSeconds = 90; // A debug build generates its community on a busy machine.

// A code is taken once: whoever signs in again within the same half minute waits for the next one.
const stepMs = 30_000;
const used = new Map<string, number>();
function freshStep(secret: string, now: () => number): void {
  if (used.get(secret) === Math.floor(now() / stepMs)) {
    const rest = stepMs - (now() % stepMs) + 50;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, rest);
  }
  used.set(secret, Math.floor(now() / stepMs));
}

const freePort = () =>
  new Promise<number>((found) => {
    const socket = createServer();
    socket.listen(0, '127.0.0.1', () => {
      const { port } = socket.address() as { port: number };
      socket.close(() => found(port));
    });
  });

function start(port: number, data: string, packs: string, clock = '', own = false): ChildProcess {
  if (!program)
    return spawn(process.execPath, [mock], { env: { ...process.env, PORT: String(port) }, stdio: 'inherit' });
  const pages = process.env.FIRSTLINE_WEB_ROOT ? ['--web-root', resolve(process.env.FIRSTLINE_WEB_ROOT)] : [];
  const rules = [...(packs ? ['--demo-packs', packs] : []), ...(clock ? ['--demo-clock', clock] : []),
    ...(own ? ['--policies', join(data, 'policies')] : [])];
  const flags = ['serve', '--demo', ...rules, '--data', data, '--listen', `127.0.0.1:${port}`, ...pages];
  return spawn(program, flags, { stdio: ['ignore', 'ignore', 'ignore'] });
}

async function untilReady(address: string, server: ChildProcess): Promise<void> {
  for (let tenth = 0; tenth < startSeconds * 10; tenth += 1) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const ready = await fetch(`${address}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error('the server did not start');
}

async function signIn(firstline: Firstline, role: string): Promise<Api> {
  const account = firstline.account(role);
  const cookies = new Map<string, string>();
  let csrf = 'device';
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(firstline.address + path, {
      method,
      headers: {
        'Content-Type': 'application/json',
        'X-Firstline-Csrf': csrf,
        Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      cookies.set(name!, value!);
    }
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : {};
  };
  const totp = account.totp_secret ? { totp: firstline.totp(account) } : {};
  const session = await call('POST', '/api/v1/session', {
    login: account.login,
    password: account.password,
    ...totp,
  });
  csrf = session.csrf;
  return {
    session,
    get: (path) => call('GET', path),
    command: (path, body = {}) => call('POST', path, { id: randomUUID(), ...body }),
  };
}

async function stop(server: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((done) => server.once('exit', done));
  server.kill(signal);
  await Promise.race([ended, new Promise((late) => setTimeout(late, 10_000))]);
  server.kill('SIGKILL');
}

export const test = base.extend<object, { packs: string; clock: string; ownPack: string; firstline: Firstline }>({
  packs: ['', { option: true, scope: 'worker' }], // The demo's rules instead of its own; who sets them has a server alone.
  clock: ['', { option: true, scope: 'worker' }], // What the server's clock shows when it starts; empty: the real time.
  ownPack: ['', { option: true, scope: 'worker' }], // A pack of the office's own, as text.
  firstline: [
    async ({ packs, clock, ownPack }, use) => {
      const data = mkdtempSync(join(tmpdir(), 'firstline-e2e-'));
      if (ownPack) {
        mkdirSync(join(data, 'policies'));
        writeFileSync(join(data, 'policies', 'own.toml'), ownPack);
      }
      const port = await freePort();
      const address = `http://127.0.0.1:${port}`;
      if (clock && program) {
        // Making the community takes its time; the clock that matters starts when it is there.
        const early = new Date(Date.parse(clock) - 3_600_000).toISOString();
        const before = start(port, data, packs, early, !!ownPack);
        await untilReady(address, before).finally(() => stop(before));
      }
      const ahead = clock ? Date.parse(clock) - Date.now() : 0;
      const now = () => Date.now() + ahead;
      let server = start(port, data, packs, clock, !!ownPack);
      try {
        await untilReady(address, server);
        const accounts: Account[] = program
          ? JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')).accounts
          : mockAccounts;
        const firstline: Firstline = {
          address,
          real: !!program,
          now,
          account: (role) => {
            const found = accounts.find((each) => each.role === role || each.login === role);
            if (!found) throw new Error(`no demo account for ${role}`);
            return found;
          },
          totp: (account) => {
            if (program) freshStep(account.totp_secret!, now);
            return program
              ? execFileSync(program, ['totp', '--at', new Date(now()).toISOString(), account.totp_secret!])
                  .toString()
                  .trim()
              : '123456';
          },
          signIn: (role) => signIn(firstline, role),
          stop: () => stop(server, 'SIGKILL'),
          startAgain: async () => {
            server = start(port, data, packs, clock, !!ownPack);
            await untilReady(address, server);
          },
          atTheMachine: async (...words) => {
            await stop(server);
            const said = execFileSync(program, [...words, '--data', data], { encoding: 'utf8' });
            await firstline.startAgain();
            return said;
          },
        };
        await use(firstline);
      } finally {
        await stop(server);
        rmSync(data, { recursive: true, force: true });
      }
    },
    { scope: 'worker', timeout: (startSeconds + 30) * 1000 },
  ],
  baseURL: async ({ firstline }, use) => use(firstline.address),
});
export { expect } from '@playwright/test';
