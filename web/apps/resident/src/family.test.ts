import { describe, expect, it } from 'vitest';
import type { HouseholdPerson } from '@shared/api/types';
import { testAge } from './family';

const now = Date.parse('2022-03-15T12:00:00+08:00');
const sampled = (hoursAgo: number): HouseholdPerson => ({
  person_id: '1',
  name: '',
  is_me: true,
  age_band: 'adult',
  nat_sampled_at: new Date(now - hoursAgo * 3_600_000).toISOString(),
});

describe('test age', () => {
  it.each([
    [0.5, 'test.under_an_hour', {}],
    [1, 'test.hours', { hours: 1 }],
    [47.9, 'test.hours', { hours: 47 }],
    [95.9, 'test.hours', { hours: 95 }],
    [96, 'test.days', { days: 4 }],
  ])('%f h', (hours, key, params) => {
    expect(testAge(sampled(hours), now)).toEqual({ key, params });
  });
  it('says when there is none', () => {
    expect(testAge({ person_id: '1', name: '', is_me: true, age_band: 'adult' }, now).key).toBe('test.none');
  });
});
