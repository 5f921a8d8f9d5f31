// My household, as the server has it, and test ages in plain words. Reads only.
import { reactive, readonly } from 'vue';
import { get } from '@shared/api/client';
import type { HouseholdPerson, MyHousehold } from '@shared/api/types';

const state = reactive<{ household: MyHousehold | null; fault: unknown }>({ household: null, fault: null });
export const family = readonly(state);

export async function loadFamily(): Promise<void> {
  try {
    state.household = await get<MyHousehold>('/api/v1/my/household');
    state.fault = null;
  } catch (fault) {
    state.fault = fault;
  }
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
