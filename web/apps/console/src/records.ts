// A record of one person as rows of fields, in the order of the form. Knows no screen.
import type { MergeField, RecordShown } from '@shared/api/types';

export const mergeFields = [
  'name',
  'id_number',
  'phone',
  'born_on',
  'home',
  'marks',
  'address_detail',
] as const satisfies readonly MergeField[];

type Say = (key: string, values?: Record<string, unknown>) => string;
export interface FieldText {
  name: MergeField;
  text: string;
}

export function fieldsOf(record: RecordShown, t: Say): FieldText[] {
  const empty = t('person.empty');
  const home = record.household_id
    ? `${record.household_label} ${
        record.stay_until ? t('person.stays_until', { day: record.stay_until }) : t('person.lives_here')
      }`
    : t('person.moved_out');
  const texts: Record<MergeField, string> = {
    name: record.person.name_masked,
    id_number: record.id_number_masked || empty,
    phone: record.phone_masked || empty,
    born_on: record.born_masked || empty,
    home,
    marks: record.person.marks.map((mark) => t(`mark.${mark}`)).join(' ') || empty,
    address_detail: record.has_address_detail ? t('person.detail_more') : empty,
  };
  return mergeFields.map((name) => ({ name, text: texts[name] }));
}

// Which fields are taken from the record that goes. The birth date follows from the number that holds: it is never
// chosen against one.
export function taken(
  chosen: Partial<Record<MergeField, 'one' | 'other'>>,
  differing: readonly MergeField[],
): MergeField[] {
  return differing.filter((field) => chosen[field] === 'other');
}

// What is proposed: a field that only one of the two has is that one's; else the record that stays holds.
export function proposed(
  one: RecordShown,
  other: RecordShown,
  differing: readonly MergeField[],
): Partial<Record<MergeField, 'one' | 'other'>> {
  const says = (record: RecordShown, field: MergeField): boolean => {
    switch (field) {
      case 'id_number':
        return !!record.id_number_masked;
      case 'phone':
        return !!record.phone_masked;
      case 'born_on':
        return !!record.born_masked;
      case 'home':
        return !!record.household_id;
      case 'marks':
        return record.person.marks.length > 0;
      case 'address_detail':
        return record.has_address_detail;
      default:
        return true;
    }
  };
  return Object.fromEntries(
    differing.map((field) => [field, !says(one, field) && says(other, field) ? 'other' : 'one']),
  );
}
