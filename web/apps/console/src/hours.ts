// A day in bars: one for each hour from the first with anybody to the last. Pure.
import type { FlowHour } from '@shared/api/types';

export interface HourBar {
  hour: number;
  through: number;
  refused: number;
}

export function hourBars(flow: readonly FlowHour[], gate?: string): HourBar[] {
  const rows = flow.filter((row) => !gate || row.gate_id === gate);
  if (rows.length === 0) return [];
  const hours = rows.map((row) => row.hour);
  const first = Math.min(...hours);
  const bars = Array.from({ length: Math.max(...hours) - first + 1 }, (_, index) => ({
    hour: first + index,
    through: 0,
    refused: 0,
  }));
  for (const row of rows) {
    const bar = bars[row.hour - first]!;
    bar.through += row.in + row.out;
    bar.refused += row.refused;
  }
  return bars;
}
