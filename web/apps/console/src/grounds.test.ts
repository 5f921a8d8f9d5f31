import { describe, expect, it } from 'vitest';
import { columnsOf } from './grounds';

const area = (area_id: string, grid_id?: string) =>
  ({ area_id, kind: 'building', name: area_id, label: area_id, version: '', grid_id }) as never;
const grounds = (buildings: never[]) =>
  ({ grids: [area('g1'), area('g2')], compounds: [{ compound: area('c1'), buildings }], gates: [] }) as never;

describe('grids', () => {
  it('hold their buildings and show their workers', () => {
    const columns = columnsOf(
      grounds([area('b1', 'g1'), area('b2', 'g2'), area('b3', 'g1')]),
      new Map([['g1', ['A']]]),
    );
    expect(columns.map((one) => one.buildings.map(({ building }) => building.area_id))).toEqual([
      ['b1', 'b3'],
      ['b2'],
    ]);
    expect(columns.map((one) => one.workers)).toEqual([['A'], []]);
  });
  it('show what nobody looks after', () => {
    const columns = columnsOf(grounds([area('b1'), area('b2', 'g9')]), new Map());
    expect(columns.at(-1)!.grid).toBeNull();
    expect(columns.at(-1)!.buildings).toHaveLength(2);
  });
});
