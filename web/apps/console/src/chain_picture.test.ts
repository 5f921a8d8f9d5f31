import { describe, expect, it } from 'vitest';
import type { Chains } from '@shared/api/types';
import { pictureOf } from './chain_picture';

const node = (id: number, onset: string | undefined, generation: number) => ({
  case_id: String(id),
  number: id,
  status: 'confirmed' as const,
  classified: 'confirmed' as const,
  ...(onset ? { onset_at: `${onset}T00:00:00+08:00` } : {}),
  generation,
  chain: 0,
});
const edge = (from: number, to: number, confidence: 'certain' | 'possible' = 'certain') => ({
  link_id: `${from}-${to}`,
  from_case: String(from),
  to_case: String(to),
  kind: 'meal' as const,
  confidence,
  place: '',
});
const chains = (nodes: ReturnType<typeof node>[], edges: ReturnType<typeof edge>[]): Chains => ({
  nodes,
  edges,
  generations: [],
  serial_days: [],
  clusters: [],
  unlinked: 0,
  left_out: 0,
});

describe('the picture of the chains', () => {
  const picture = pictureOf(
    chains(
      [
        node(1, '2022-03-01', 0),
        node(2, '2022-03-05', 1),
        node(3, '2022-03-03', 1),
        node(4, '2022-03-06', 2),
      ],
      [edge(1, 2), edge(1, 3), edge(3, 4, 'possible')],
    ),
  );
  it('sets an infector above whom they infected, the earlier family first', () => {
    expect(picture.spots.map((spot) => spot.id)).toEqual(['1', '3', '4', '2']);
  });
  it('sets days from left to right', () => {
    const x = new Map(picture.spots.map((spot) => [spot.id, spot.x]));
    expect(x.get('1')).toBeLessThan(x.get('3')!);
    expect(x.get('2')).toBeLessThan(x.get('4')!);
    expect(Math.max(...x.values())).toBeLessThanOrEqual(picture.width);
    expect(picture.days[0]!.label).toBe('03-01');
  });
  it('draws what is only possible otherwise', () => {
    expect(picture.lines.map((line) => line.sure)).toEqual([true, true, false]);
  });
  it('stands without a day, and without anybody', () => {
    expect(pictureOf(chains([node(1, undefined, 0)], [])).spots[0]!.day).toBe('');
    expect(pictureOf(chains([], [])).spots).toEqual([]);
  });
  it('ends in a ring too', () => {
    const ring = pictureOf(
      chains([node(1, '2022-03-01', 0), node(2, '2022-03-02', 1)], [edge(1, 2), edge(2, 1)]),
    );
    expect(ring.spots).toHaveLength(2);
  });
});
