// The shift in numbers, as the screens show it.
import { computed } from 'vue';
import type { Shift } from '@shared/api/types';
import { duty } from './duty';
import { network } from './offline/network';
import { queue } from './offline/queue';

// The server's numbers with what it has not counted yet.
export const shift = computed<Shift | null>(() => {
  const { tally } = queue;
  const mine = Object.values(tally).some((count) => count > 0);
  if (!duty.shift && !mine && network.reachable) return null;
  const known = (duty.shift ?? { by_direction: {} }) as Partial<Shift>;
  const names = [
    'passes',
    'reminders',
    'registers',
    'refusals',
    'holds',
    'overrides',
    'emergencies',
  ] as const;
  const sums = Object.fromEntries(names.map((name) => [name, (known[name] ?? 0) + tally[name]]));
  const ways = known.by_direction;
  return {
    ...known,
    ...sums,
    by_direction: { in: (ways?.in ?? 0) + tally.in, out: (ways?.out ?? 0) + tally.out },
  } as Shift;
});
