import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { auth } from '@shared/auth/session';
import { askAgain, closeShown, duty, goOnDuty, openForEmergency, present, see } from './duty';

interface Sent {
  path: string;
  body: Record<string, unknown>;
}
const sent: Sent[] = [];
let answers: (() => Response)[] = [];
const json = (status: number, body: unknown) => () => new Response(JSON.stringify(body), { status });
const passage = (outcome: string) => ({
  at: '2022-03-15T08:00:00+08:00',
  gate_id: '1',
  items: [
    {
      passage_id: '7',
      person_id: '42',
      name_masked: '王**',
      household_label: '1-1-101',
      outcome,
      reasons: [],
      policy_version: 'p',
      undo_until: '2022-03-15T08:00:10+08:00',
    },
  ],
});

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2022-03-15T09:30:00+08:00') }); // A phone whose clock is wrong.
  sent.length = 0;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (init.method === 'GET') return new Response('{}', { status: 500 });
    sent.push({ path, body: JSON.parse(init.body as string) });
    const next = answers.shift();
    if (!next) throw new TypeError('no network');
    return next();
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  closeShown();
  answers = [];
});

describe('presenting somebody', () => {
  it('sends what was seen once, and forgets it', async () => {
    answers = [json(200, passage('register_first')), json(200, passage('pass'))];
    see({ temperature_tenths: 365, mask: 'worn' });
    await present({ recognised_by: 'personal_code', token: 't' });
    expect(sent[0]!.body).toMatchObject({
      direction: 'in',
      token: 't',
      temperature_tenths: 365,
      mask: 'worn',
    });
    await present({ recognised_by: 'personal_code', token: 'u' });
    expect(sent[1]!.body.temperature_tenths).toBeUndefined();
  });
  it('counts the time for undoing by the server, whatever the phone thinks', async () => {
    answers = [json(200, passage('pass'))];
    await present({ recognised_by: 'personal_code', token: 't' });
    expect(duty.shown!.undoUntilMs - Date.now()).toBe(10_000);
  });
  it('asks again by the person, for the code has run out', async () => {
    answers = [json(200, passage('register_first')), json(200, passage('pass'))];
    await present({ recognised_by: 'personal_code', token: 't' });
    await askAgain({ temperature_tenths: 366 });
    expect(sent[1]!.body).toMatchObject({
      recognised_by: 'room_pick',
      person_ids: ['42'],
      temperature_tenths: 366,
    });
    expect(sent[1]!.body.token).toBeUndefined();
    expect(sent[1]!.body.id).not.toBe(sent[0]!.body.id);
  });
  it('keeps what was seen when the server refuses, and shows no verdict', async () => {
    answers = [json(404, { code: 'person.unknown_code' }), json(200, passage('pass'))];
    see({ temperature_tenths: 371 });
    expect(await present({ recognised_by: 'personal_code', token: 'x' })).toBeNull();
    expect(duty.shown).toBeNull();
    expect(duty.fault).toMatchObject({ code: 'person.unknown_code' });
    await present({ recognised_by: 'personal_code', token: 't' });
    expect(sent[1]!.body.temperature_tenths).toBe(371);
  });
  it('goes back to the form when the session has run out', async () => {
    goOnDuty();
    answers = [json(401, { code: 'session.none' })];
    await present({ recognised_by: 'personal_code', token: 't' });
    expect(duty.onDuty).toBe(false);
    expect(auth.session).toBeNull();
  });
});

describe('an emergency', () => {
  const arrived = { passage_id: '9', alarm_id: '8', outcome: 'pass', reasons: [] };
  it('is open before anybody has answered, and reports under one id until it arrives', async () => {
    openForEmergency('medical', 2);
    expect(duty.shown).toMatchObject({ kind: 'emergency', emergency: { report: 'sending' } });
    await vi.advanceTimersByTimeAsync(10_000);
    answers = [json(200, arrived)];
    await vi.advanceTimersByTimeAsync(10_000);
    expect(duty.shown!.emergency!.report).toBe('sent');
    expect(sent.length).toBeGreaterThan(3);
    expect(new Set(sent.map((each) => each.body.id)).size).toBe(1);
    expect(new Set(sent.map((each) => each.body.at)).size).toBe(1);
  });
  it('says so when the server will not have it', async () => {
    answers = [json(401, { code: 'session.none' })];
    openForEmergency('fire', 1);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(duty.shown!.emergency!.report).toBe('refused');
    expect(sent).toHaveLength(1);
  });
});
