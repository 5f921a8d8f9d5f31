import { describe, expect, it } from 'vitest';
import { openStream, type StreamParts, type StreamState } from './stream';

class FakeSource extends EventTarget {
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readyState = 0;
  closed = false;
  close() {
    this.closed = true;
  }
}
function bench() {
  const sources: FakeSource[] = [];
  const pauses: number[] = [];
  const work: (() => void)[] = [];
  const parts: StreamParts = {
    open: () => {
      const source = new FakeSource();
      sources.push(source);
      return source as unknown as EventSource;
    },
    later: (next, ms) => {
      pauses.push(ms);
      work.push(next);
    },
  };
  return { sources, pauses, work, parts };
}

describe('openStream', () => {
  it('hands out events as data and survives one that is not JSON', () => {
    const { sources, parts } = bench();
    const seen: unknown[] = [];
    openStream('/s', { events: { passage: (data) => seen.push(data) } }, parts);
    sources[0]!.dispatchEvent(new MessageEvent('passage', { data: 'broken' }));
    sources[0]!.dispatchEvent(new MessageEvent('passage', { data: '{"id":"7"}' }));
    expect(seen).toEqual([{ id: '7' }]);
  });
  it('leaves a dropped stream to the browser, and opens a refused one again, more slowly each time', () => {
    const { sources, pauses, work, parts } = bench();
    const states: StreamState[] = [];
    openStream('/s', { events: {}, state: (state) => states.push(state) }, parts);
    sources[0]!.onerror!();
    expect(work).toHaveLength(0);
    sources[0]!.readyState = 2;
    sources[0]!.onerror!();
    work.shift()!();
    sources[1]!.readyState = 2;
    sources[1]!.onerror!();
    expect(pauses).toEqual([500, 1000]);
    work.shift()!();
    sources[2]!.onopen!();
    sources[2]!.readyState = 2;
    sources[2]!.onerror!();
    expect(pauses).toEqual([500, 1000, 500]);
    expect(states.at(-1)).toBe('lost');
  });
  it('stays closed', () => {
    const { sources, work, parts } = bench();
    const close = openStream('/s', { events: {} }, parts);
    sources[0]!.readyState = 2;
    sources[0]!.onerror!();
    close();
    work.shift()!();
    expect(sources).toHaveLength(1);
    expect(sources[0]!.closed).toBe(true);
  });
});
