import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { listsHeld, loadLists, renewListed, renewTrust } from './lists';
import { base, recallKept } from './vault';

// Each of the server's vectors has a city of its own: a root and the list that it signed.
const [ours, theirs] = JSON.parse(readFileSync('shared/credential/pack_vectors.json', 'utf8')) as {
  root: string;
  trust_list: string;
  now: number;
}[];
let answer: () => Response = () => new Response('{}', { status: 404 });
const asked: string[] = [];
vi.stubGlobal('fetch', async (path: string) => {
  asked.push(path);
  return answer();
});
const file = (city: { root: string; trust_list: string } | undefined) => () =>
  new Response(JSON.stringify({ octets: city!.trust_list, root: city!.root }));
const nowMs = ours!.now;

describe('the signed lists of a phone', () => {
  it('are none where no root has signed yet', async () => {
    expect(await renewTrust(nowMs)).toBe(false);
    expect(listsHeld()).toBeNull();
  });
  it('come from the first root that the phone saw, and from no other', async () => {
    answer = file(ours);
    expect(await renewTrust(nowMs)).toBe(true);
    const held = listsHeld();
    answer = file(theirs);
    await expect(renewTrust(nowMs)).rejects.toMatchObject({ reason: 'LIST_ROOT_UNKNOWN' });
    expect(listsHeld()).toBe(held);
    expect(await recallKept('lists')).toMatchObject({ root: ours!.root, trust: ours!.trust_list });
  });
  it('are fetched when a pack names other numbers, and only then', async () => {
    const { number } = listsHeld()!.trust;
    answer = file(ours);
    asked.length = 0;
    await renewListed([{ kind: 'trust', path: '/api/v1/trust-list', number }], nowMs);
    expect(asked).toEqual([]);
    await renewListed([{ kind: 'trust', path: '/api/v1/trust-list', number: number + 1 }], nowMs);
    expect(asked).toEqual(['/api/v1/trust-list']);
  });
  it('are read from the disk at a start, and not believed when they are too old', async () => {
    vi.resetModules();
    const again = await import('./lists');
    await expect(again.loadLists(nowMs + 400 * 86_400_000)).rejects.toMatchObject({ reason: 'LIST_TOO_OLD' });
    expect(again.listsHeld()).toBeNull();
    await again.loadLists(nowMs);
    expect(again.listsHeld()!.trust.keys.size).toBe(1);
    await base.kept.clear();
    await loadLists(nowMs);
  });
});
