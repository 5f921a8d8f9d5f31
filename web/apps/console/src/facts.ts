// Facts as the desk reads them. Knows no screen.
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
  'health',
  'laboratory',
  'appeal',
  'round',
  'case',
  'ledger',
] as const;

// "person.moved_out" > "person: moved out", where no better words are known.
export const kindWords = (kind: string): string => kind.replace('.', ': ').replaceAll('_', ' ');

// In which people act; a resident acts for their own home.
export const actingRoles = [
  'resident',
  'keeper',
  'volunteer',
  'grid_worker',
  'secretary',
  'health_officer',
  'personnel',
  'commander',
  'auditor',
] as const;
