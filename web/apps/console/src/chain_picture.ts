// Where each case of the chains stands in the picture: days from left to right, a row for each case, infectors above
// whom they infected. Knows no screen.
import type { Chains } from '@shared/api/types';

export interface Spot {
  id: string;
  number: number;
  status: string;
  x: number;
  y: number;
  day: string; // Of the onset, else of the sample; '' where neither is known.
}
export interface Line {
  id: string;
  path: string;
  sure: boolean; // A certain or probable link is drawn whole.
}
export interface Picture {
  width: number;
  height: number;
  spots: Spot[];
  lines: Line[];
  days: { x: number; label: string }[];
}

const rowHigh = 30;
const left = 56;
const top = 34;
const dayMs = 86_400_000;
const placeOffsetMs = 8 * 3_600_000;
const dayNumber = (instant: string) => Math.floor((Date.parse(instant) + placeOffsetMs) / dayMs);
const dayName = (day: number) => new Date(day * dayMs).toISOString().slice(5, 10);

// Depth first, whoever was infected earlier first: a family of cases stands together.
function inOrder(chains: Chains, dayOf: (id: string) => number): string[] {
  const generation = new Map(chains.nodes.map((one) => [one.case_id, one.generation]));
  const after = new Map<string, string[]>();
  const placed = new Set<string>();
  for (const edge of chains.edges) {
    const list = after.get(edge.from_case) ?? [];
    list.push(edge.to_case);
    after.set(edge.from_case, list);
  }
  const byDay = (a: string, b: string) => dayOf(a) - dayOf(b) || Number(BigInt(a) - BigInt(b));
  const order: string[] = [];
  const rest = chains.nodes.map((one) => one.case_id).sort(byDay);
  const starts = rest.filter((id) => generation.get(id) === 0);
  for (const start of [...starts, ...rest]) {
    const stack = [start];
    while (stack.length) {
      const id = stack.pop()!;
      if (placed.has(id)) continue;
      placed.add(id);
      order.push(id);
      stack.push(...[...(after.get(id) ?? [])].sort(byDay).reverse());
    }
  }
  return order;
}

export function pictureOf(chains: Chains): Picture {
  const known = chains.nodes.flatMap((one) => {
    const at = one.onset_at ?? one.sampled_at;
    return at ? [[one.case_id, dayNumber(at)] as const] : [];
  });
  const days = new Map(known);
  const first = Math.min(...days.values());
  const last = Math.max(...days.values());
  const span = days.size ? Math.max(1, last - first) : 1;
  // Wide enough to tell the days apart, up to where nobody would scroll any more.
  const width = Math.min(1600, Math.max(300, left + 60 + span * 30));
  // Whoever has no day stands before all of them.
  const dayOf = (id: string) => days.get(id) ?? first - 1;
  const wide = (width - left - 60) / span;
  const spots = inOrder(chains, dayOf).map((id, row): Spot => {
    const node = chains.nodes.find((one) => one.case_id === id)!;
    const day = days.get(id);
    return {
      id,
      number: node.number,
      status: node.status,
      x: day === undefined ? 20 : left + (day - first) * wide,
      y: top + row * rowHigh + rowHigh / 2,
      day: day === undefined ? '' : dayName(day),
    };
  });
  const at = new Map(spots.map((spot) => [spot.id, spot]));
  const lines = chains.edges.flatMap((edge): Line[] => {
    const from = at.get(edge.from_case);
    const to = at.get(edge.to_case);
    if (!from || !to) return [];
    return [
      {
        id: edge.link_id,
        path: `M${from.x} ${from.y} V${to.y} H${to.x}`,
        sure: edge.confidence !== 'possible',
      },
    ];
  });
  const step = Math.max(1, Math.ceil(span / 10));
  const marks = [];
  for (let day = first; days.size && day <= last; day += step)
    marks.push({ x: left + (day - first) * wide, label: dayName(day) });
  return { width, height: top + spots.length * rowHigh + 10, spots, lines, days: marks };
}
