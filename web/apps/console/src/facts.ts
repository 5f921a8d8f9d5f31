// Facts as the desk reads them. Knows no screen.
import type { Fact } from '@shared/api/types';

// The first words of the kinds, as the filter offers them.
export const groups = [
  'gate',
  'person',
  'movement',
  'intake',
  'area',
  'access',
  'session',
  'device',
  'rulebook',
  'issuing',
  'trace',
  'ledger',
] as const;

// "person.moved_out" > "person: moved out", where no better words are known.
export const kindWords = (kind: string): string => kind.replace('.', ': ').replaceAll('_', ' ');

// The passage that a fact is about, if it is.
export const passageOf = (fact: Fact): string | null => /^passage:(\d+)$/.exec(fact.subject)?.[1] ?? null;
