import { expect, it } from 'vitest';
import { venueOf } from './venue';

it.each([
  ['https://10.0.0.5:8443/v/AB12CD34', 'AB12CD34'],
  ['/v/ab12cd34/', 'AB12CD34'],
  [' AB12-CD34 ', 'AB12CD34'],
])('finds the gate in %s', (text, venue) => expect(venueOf(text)).toBe(venue));

it.each(['https://example.org/menu', 'FL1:SOMEBODYSCODE', 'AB12', ''])('takes %s for none', (text) =>
  expect(venueOf(text)).toBeNull(),
);
