import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { onHeard } from '@shared/api/client';
import { hear } from './network';
import { enqueue, loadQueue, queue } from './queue';
import { createSync } from './sync';
import { base } from './vault';

interface Sent {
  records: { id: string; sequence: number }[];
}
let answers: ((sent: Sent) => Response)[] = [];
const sent: Sent[] = [];
const planned: { work: () => void; ms: number }[] = [];
const applied = (body: Sent) =>
  new Response(
    JSON.stringify({ at: '', results: body.records.map(({ id }) => ({ id, state: 'applied', code: '' })) }),
  );
const probe = vi.fn(async () => undefined);
const make = () =>
  createSync({
    path: () => '/records',
    probe,
    later: (work, ms) => planned.push({ work, ms }),
    chance: () => 0.5,
  });

onHeard(hear);
beforeEach(async () => {
  await base.records.clear();
  await base.kept.clear();
  await loadQueue();
  answers = [];
  sent.length = 0;
  planned.length = 0;
  probe.mockClear();
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    const next = answers.shift();
    if (!next) throw new TypeError('no network');
    const body = JSON.parse(init.body as string) as Sent;
    sent.push(body);
    return next(body);
  });
});
const three = async () => {
  for (let i = 0; i < 3; i += 1) await enqueue('shift_start', {});
};

describe('bringing records home', () => {
  it('sends in order and empties the queue', async () => {
    await three();
    answers = [applied];
    await make().run();
    expect(sent[0]!.records.map((each) => each.sequence)).toEqual([1, 2, 3]);
    expect(queue.waiting).toBe(0);
  });
  it('waits longer each time nobody answers, with chance in it, and sends the same records again', async () => {
    await three();
    const sync = make();
    const pauses: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      planned.length = 0;
      await sync.run();
      pauses.push(planned.at(-1)!.ms);
    }
    expect(pauses.map((ms) => ms / 1.5)).toEqual([...pauses.map((ms) => ms / 1.5)].sort((a, b) => a - b));
    expect(pauses[3]! / pauses[2]!).toBe(2);
    expect(queue.waiting).toBe(3);
    answers = [applied];
    await sync.run();
    expect(queue.waiting).toBe(0);
  });
  it('honours Retry-After, as header or in the answer', async () => {
    await three();
    answers = [
      () => new Response('{}', { status: 503, headers: { 'Retry-After': '30' } }),
      () => new Response('{"code":"rate.limited","retry_after_seconds":20}', { status: 429 }),
    ];
    const sync = make();
    await sync.run();
    expect(planned.at(-1)!.ms).toBe(45_000);
    await sync.run();
    expect(planned.at(-1)!.ms).toBe(30_000);
    expect(queue.waiting).toBe(3);
  });
  it('keeps what an answer does not speak of', async () => {
    await three();
    answers = [
      (body) =>
        new Response(
          JSON.stringify({
            at: '',
            results: [
              { id: body.records[0]!.id, state: 'repeated', code: '' },
              { id: 'somebody-else', state: 'applied', code: '' },
            ],
          }),
        ),
    ];
    await make().run();
    expect(queue.waiting).toBe(2);
  });
  it('asks something small when nothing waits', async () => {
    await make().run();
    expect(probe).toHaveBeenCalledOnce();
    expect(sent).toEqual([]);
  });
});
