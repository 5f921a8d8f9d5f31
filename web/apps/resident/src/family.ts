// My household, as the server has it, and test ages in plain words. Reads only.
import { reactive, readonly } from 'vue';
import { get } from '@shared/api/client';
import type { HouseholdPerson, MyHousehold } from '@shared/api/types';

const state = reactive<{ household: MyHousehold | null; fault: unknown }>({ household: null, fault: null });
export const family = readonly(state);

let reader = 0; // Counts who reads: an answer for somebody who has left is dropped.
export async function loadFamily(): Promise<void> {
  const mine = reader;
  try {
    const household = await get<MyHousehold>('/api/v1/my/household');
    if (mine === reader) Object.assign(state, { household, fault: null });
  } catch (fault) {
    if (mine === reader) state.fault = fault;
  }
}
// On a shared phone the next person sees nothing of the last.
export function forgetFamily(): void {
  reader += 1;
  Object.assign(state, { household: null, fault: null });
}

export interface AgeWords {
  key: string; // of app words
  params: Record<string, number>;
}
// "sampled 31 hours ago": from the last test whose result is known.
export function testAge(person: HouseholdPerson, nowMs: number): AgeWords {
  if (!person.nat_sampled_at) return { key: 'test.none', params: {} };
  const hours = Math.floor((nowMs - Date.parse(person.nat_sampled_at)) / 3_600_000);
  if (hours < 1) return { key: 'test.under_an_hour', params: {} };
  if (hours < 96) return { key: 'test.hours', params: { hours } };
  return { key: 'test.days', params: { days: Math.floor(hours / 24) } };
}
