// The only way to the server: JSON in and out, problem+json as a thrown Problem, the header against forgery, and commands
// that may be sent twice because they keep their id. Decides nothing about screens.
import { instantText } from '@shared/base/time';
import { uuid7 } from '@shared/base/uuid7';

export class Problem extends Error {
  constructor(
    readonly status: number, // 0: the server was not reached.
    readonly code: string, // "session.none"; "network.unreachable" is ours.
    readonly titleEnglish: string,
    readonly titleChinese: string,
    readonly retryAfterSeconds: number | undefined = undefined,
    readonly where: string | undefined = undefined,
  ) {
    super(`${status} ${code}`);
    this.name = 'Problem';
  }
}

let csrf = 'device';
// Of the session's answer; null after signing out: calls then stand on the device alone.
export function setCsrf(token: string | null): void {
  csrf = token ?? 'device';
}

// Whoever wants to know how calls end: whether the server was reached, and what its clock said.
export interface Heard {
  status: number; // 0: not reached.
  code: string; // Of a problem; '' otherwise.
  serverDate: string | null; // The answer's Date, whole seconds.
  askedAtMs: number;
  heardAtMs: number;
}
let listener: (heard: Heard) => void = () => {};
export function onHeard(hear: (heard: Heard) => void): void {
  listener = hear;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export interface CallOptions {
  timeoutMs?: number;
}

export async function call<Answer>(
  method: Method,
  path: string,
  body?: unknown,
  options: CallOptions = {},
): Promise<Answer> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') {
    headers['X-Firstline-Csrf'] = csrf;
    headers['Content-Type'] = 'application/json';
  }
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), options.timeoutMs ?? 8000);
  const askedAtMs = Date.now();
  const heard = (status: number, code: string, serverDate: string | null) =>
    listener({ status, code, serverDate, askedAtMs, heardAtMs: Date.now() });
  try {
    const response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      signal: abort.signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const problem = response.ok
      ? undefined
      : problemOf(response.status, text, response.headers?.get('Retry-After'));
    heard(response.status, problem?.code ?? '', response.headers?.get('Date') ?? null);
    if (problem) throw problem;
    return (text ? JSON.parse(text) : {}) as Answer;
  } catch (fault) {
    if (fault instanceof Problem) throw fault;
    heard(0, 'network.unreachable', null);
    throw new Problem(0, 'network.unreachable', 'The server cannot be reached', '连不上服务器，请检查网络');
  } finally {
    clearTimeout(timer);
  }
}

export const get = <Answer>(path: string) => call<Answer>('GET', path);
export const getItems = async <Item>(path: string) => (await get<{ items: Item[] }>(path)).items;

export interface Retry {
  attempts: number;
  timeoutMs?: number; // Of each.
  wait: (ms: number) => Promise<void>;
}
const patience: Retry = { attempts: 3, wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };

// Sends a command under one id until the server answers: a lost answer is asked for again, never done twice. `at` is the
// moment of the tap, also on a second try.
export async function command<Answer>(
  path: string,
  body: Record<string, unknown>,
  retry: Retry = patience,
): Promise<Answer> {
  const sent = { id: uuid7(), ...body };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call<Answer>('POST', path, sent, { timeoutMs: retry.timeoutMs });
    } catch (fault) {
      if (!(fault instanceof Problem) || attempt >= retry.attempts || !worthAnotherTry(fault)) throw fault;
      // Not all of those who were told the same at the same moment.
      await retry.wait((fault.retryAfterSeconds ?? 0.4 * attempt) * (1000 + Math.random() * 500));
    }
  }
}
// The same for commands that carry the device's time.
export const commandNow = <Answer>(
  path: string,
  body: Record<string, unknown> = {},
  retry: Retry = patience,
) => command<Answer>(path, { at: instantText(), ...body }, retry);

const worthAnotherTry = (fault: Problem) =>
  fault.status === 0 || fault.status === 502 || (fault.status === 503 && (fault.retryAfterSeconds ?? 1) <= 3);

function problemOf(status: number, text: string, retryAfter: string | null = null): Problem {
  let body: Record<string, unknown> = {};
  try {
    body = JSON.parse(text) as Record<string, unknown>;
  } catch {
    // A proxy's own page: the status is all that is known.
  }
  const word = (name: string, otherwise: string) =>
    typeof body[name] === 'string' ? (body[name] as string) : otherwise;
  const seconds = body.retry_after_seconds ?? (Number(retryAfter) || undefined);
  return new Problem(
    status,
    word('code', `http.${status}`),
    word('title', 'Something went wrong'),
    word('title_zh', '出了一点问题'),
    typeof seconds === 'number' ? seconds : undefined,
    typeof body.where === 'string' ? body.where : undefined,
  );
}
