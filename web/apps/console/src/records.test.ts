import { expect, test } from 'vitest';
import type { RecordShown } from '@shared/api/types';
import { fieldsOf, proposed, taken } from './records';

const record = (rest: Partial<RecordShown> = {}): RecordShown => ({
  person: { person_id: '1', name_masked: '张**', age_band: 'adult', marks: [], generated: false },
  id_number_masked: '',
  phone_masked: '',
  born_masked: '',
  has_address_detail: false,
  household_label: '',
  version: 'v',
  ...rest,
});

test('an empty field is said to be empty, a record without a home to have moved out', () => {
  const texts = fieldsOf(record(), (key) => key).map((field) => field.text);
  expect(texts).toEqual([
    '张**',
    'person.empty',
    'person.empty',
    'person.empty',
    'person.moved_out',
    'person.empty',
    'person.empty',
  ]);
});

test('what only the other has is proposed from the other, and nothing else', () => {
  const one = record({ phone_masked: '138****0000' });
  const other = record({ phone_masked: '139****0000', id_number_masked: '***X', household_id: '5' });
  const differing = ['home', 'id_number', 'phone', 'name'] as const;
  const choice = proposed(one, other, differing);
  expect(choice).toEqual({ home: 'other', id_number: 'other', phone: 'one', name: 'one' });
  expect(taken(choice, differing)).toEqual(['home', 'id_number']);
});
