// Two hours in bars of five minutes, empty ones too. Pure.
import type { FlowStep } from '@shared/api/types';

export interface StepBar {
  at: number; // Milliseconds.
  through: number;
  refused: number;
}
export const stepMs = 5 * 60_000;
export const stepCount = 24;

export function stepBars(flow: readonly FlowStep[], from: string, gate?: string): StepBar[] {
  const first = Date.parse(from);
  const bars = Array.from({ length: stepCount }, (_, index) => ({
    at: first + index * stepMs,
    through: 0,
    refused: 0,
  }));
  for (const row of flow) {
    const bar = bars[Math.floor((Date.parse(row.at) - first) / stepMs)];
    if (!bar || (gate && row.gate_id !== gate)) continue;
    bar.through += row.in + row.out;
    bar.refused += row.refused;
  }
  return bars;
}
