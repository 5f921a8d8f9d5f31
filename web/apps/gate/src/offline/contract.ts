// What the phone keeps and sends when there is no network: the gate pack it decides from, and the records it queues. The
// server's own shapes (openapi.d.ts is generated from its types), under the names of this page.
import type { components } from '@shared/api/openapi';
import type { Moment, Stands } from '@shared/rules/rules';

type Said = components['schemas'];
export type SignedPack = Said['SignedPack'];
export type PackAnswer = Said['Pack'];
export type PackHome = Said['PackHome'];
export type PackPerson = Said['PackPerson'];
export type PackVisit = Said['PackVisit'];
export type PackList = Said['PackList'];
export type Decided = Said['Decided'];
// One member of the kind's name holds the command's body.
export type OfflineRecord = Said['Record'];
export const recordKinds = [
  'passage',
  'emergency',
  'override',
  'undo',
  'visit',
  'answer',
  'trip',
  'shift_start',
  'handover',
  'certificate',
] as const satisfies readonly (keyof OfflineRecord)[];
export type RecordKind = (typeof recordKinds)[number];
export type RecordResult = Said['RecordResult'];
export type RecordsAnswer = Said['BatchAnswer'];
export type { Moment, Stands };
