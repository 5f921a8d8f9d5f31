import { describe, expect, it } from 'vitest';
import { readingOf } from './reading';

describe('readingOf', () => {
  it.each([
    ['  token-abc ', { recognised_by: 'personal_code', token: 'token-abc' }],
    ['62010219540101012x', { recognised_by: 'id_number', id_number: '62010219540101012X' }],
    ['62010219540101012', { recognised_by: 'personal_code', token: '62010219540101012' }],
    ['', null],
    ['x'.repeat(701), null],
  ])('%s', (text, expected) => expect(readingOf(text)).toEqual(expected));
});
