// What the phone keeps and sends when there is no network: the gate pack it decides from, and the records it queues. Shapes of
// the server (docs/api.md: gate pack, offline records).
import type { Outcome, Presented, Reason } from '@shared/api/types';
import type { Moment, Stands } from '@shared/rules/rules';
import type { PackList } from './lists';

export interface PackPerson {
  person_id: string;
  name_masked: string;
  id_last4?: string;
  id_tag?: string;
  stands: Stands;
}
export interface PackHome {
  household_id: string;
  label: string;
  people: PackPerson[];
}
export interface PackVisit {
  visit_id: string;
  kind: string;
  state: string;
  name_masked: string;
  household_label: string;
  token_tag: string;
  stands: Stands;
}
export interface PackAnswer {
  format: number;
  version: string;
  since?: string;
  made_at: string;
  expires_at: string;
  policy: object;
  next_policy?: { from: string; policy: object };
  division_code?: string;
  lists?: PackList[];
  tag_key: string;
  homes: PackHome[];
  visits: PackVisit[];
  dropped: { household_ids: string[]; person_ids: string[]; visit_ids: string[] };
}

export interface Decided {
  person_id?: string;
  arguments: Presented;
  outcome: Outcome;
  reasons: Reason[];
  policy_version: string;
}
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
] as const;
export type RecordKind = (typeof recordKinds)[number];
// One member of the kind's name holds the command's body.
export interface OfflineRecord {
  id: string;
  sequence: number;
  at: string; // This phone's own clock.
  skew_ms?: number;
  pack_version?: string;
  account_id?: string;
  decided?: Decided[];
  [body: string]: unknown;
}
export type RecordState = 'applied' | 'repeated' | 'returned' | 'conflict';
export interface RecordResult {
  id?: string;
  sequence?: number;
  state: RecordState;
  code: string;
  where?: string;
  differs?: boolean;
}
export interface RecordsAnswer {
  at: string;
  results: RecordResult[]; // In the order sent.
}
export type { Moment, Stands };
