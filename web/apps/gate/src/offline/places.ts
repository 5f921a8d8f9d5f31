// The homes of the gate pack as the pages walk them: building, unit, home, by the parts of their labels ("3-2-501").
import type { PersonMasked, Place } from '@shared/api/types';
import { packHomes } from './pack';

export function placesInPack(above: string): Place[] {
  const depth = above ? above.split('-').length : 0;
  const found = new Map<string, Place>();
  for (const home of packHomes()) {
    if (above && !home.label.startsWith(`${above}-`)) continue;
    const parts = home.label.split('-');
    const name = parts[depth] ?? home.label;
    const isHome = parts.length <= depth + 1;
    const label = parts.slice(0, depth + 1).join('-');
    const key = isHome ? home.household_id : `label:${label}`;
    const known = found.get(key);
    if (known) known.people = (known.people ?? 0) + home.people.length;
    else
      found.set(key, {
        area_id: key,
        kind: isHome ? 'household' : depth === 0 ? 'building' : 'unit',
        name,
        label,
        people: home.people.length,
      });
  }
  return [...found.values()].sort((left, right) =>
    left.name.localeCompare(right.name, 'zh-CN', { numeric: true }),
  );
}
export function peopleInPack(household: string): PersonMasked[] {
  const home = packHomes().find((each) => each.household_id === household);
  return (home?.people ?? []).map((person) => ({
    person_id: person.person_id,
    name_masked: person.name_masked,
    age_band: (person.stands.age_band as PersonMasked['age_band'] | undefined) ?? 'adult',
    marks: [],
    generated: false,
  }));
}
