// What the server says, in its own words (docs/api.md).

export type Instant = string; // RFC 3339
export type Direction = 'in' | 'out';
export type Outcome = 'pass' | 'pass_with_reminder' | 'register_first' | 'refuse' | 'hold';
export type Colour = 'green' | 'yellow' | 'red';
export type Mask = 'worn' | 'missing' | 'not_looked';
export type EmergencyKind = 'medical' | 'fire' | 'danger' | 'other';
export type Recognition = 'venue_code' | 'personal_code' | 'id_number' | 'room_pick' | 'family';
export const overrideReasons = [
  'medical_need',
  'care_duty',
  'official_duty',
  'system_wrong',
  'document_seen',
  'other',
] as const;
export type OverrideReason = (typeof overrideReasons)[number];

export interface RoleGrant {
  role: string;
  area_id: string;
  area_name: string;
}
export interface Session {
  account_id: string;
  login: string;
  display_name: string;
  person_id?: string;
  roles: RoleGrant[];
  csrf: string;
  expires_at: Instant;
  generated: boolean;
}
export interface Gate {
  gate_id: string;
  name: string;
  compound_id: string;
  compound_name: string;
  community_id: string;
  community_name: string;
  venue_code: string;
  generated: boolean;
}
export interface Device {
  device_id: string;
  name: string;
  gate: Gate;
  enrolled_at?: Instant;
  token?: string;
}
export interface Place {
  area_id: string;
  kind: 'building' | 'unit' | 'floor' | 'household';
  name: string;
  label: string;
  people?: number;
}
export interface PersonMasked {
  person_id: string;
  name_masked: string;
  age_band: 'child' | 'adult' | 'elder';
  marks: string[];
}
export interface Reason {
  clause: string;
  reason: string;
  next: string;
  hours?: number;
  tenths?: number;
  count?: number;
  recorded_only?: boolean;
}
export interface Passage {
  passage_id: string;
  person_id?: string;
  name_masked: string;
  household_label: string;
  outcome: Outcome;
  reasons: Reason[];
  policy_version: string;
  repeated_seconds?: number;
  undo_until: Instant;
}
export interface PassageAnswer {
  at: Instant;
  gate_id: string;
  items: Passage[];
}
export interface PassageCommand {
  direction: Direction;
  recognised_by: Recognition;
  token?: string;
  id_number?: string;
  person_ids?: string[];
  temperature_tenths?: number;
  mask?: Mask;
  colour_seen?: Colour;
}
export interface EmergencyAnswer {
  passage_id: string;
  alarm_id: string;
  outcome: Outcome;
  reasons: Reason[];
}
export interface Shift {
  shift_id?: string;
  started_at?: Instant;
  passes: number;
  reminders: number;
  registers: number;
  refusals: number;
  holds: number;
  overrides: number;
  emergencies: number;
  ended_at?: Instant;
  by_direction: { in: number; out: number };
  handover_note?: string;
}
export type AlarmKind = 'override' | 'emergency' | 'hold';
export interface Alarm {
  alarm_id: string;
  kind: AlarmKind;
  passage_id?: string;
  person_id?: string;
  direction?: Direction;
  at: Instant;
  gate_id: string;
  gate_name: string;
  outcome: Outcome;
  reasons: Reason[];
  override_reason?: OverrideReason;
  note?: string;
  seen_by: { display_name: string; at: Instant }[];
  needs: number;
}
export interface StreamEvent {
  id: string;
  at: Instant;
  gate_id: string;
  direction?: Direction;
  outcome?: Outcome;
  reasons?: Reason[];
  passage_id?: string;
  recognised_by?: Recognition;
  name_masked?: string; // On a gate's own stream only, like the home.
  household_label?: string;
  alarm_id?: string;
  alarm_kind?: AlarmKind;
  seen_by?: string; // A display name.
}
export interface HouseholdPerson {
  person_id: string;
  name: string;
  is_me: boolean;
  colour?: Colour;
  colour_at?: Instant;
  nat_state?: string;
  nat_sampled_at?: Instant;
  nat_reported_at?: Instant;
}
export interface MyHousehold {
  household_id: string;
  address: string;
  people: HouseholdPerson[];
  gates: Gate[];
}
export interface MyCode {
  token: string;
  step_seconds: number;
  expires_at: Instant;
}
export interface Venue {
  gate_id: string;
  name: string;
  compound_name: string;
  community_name: string;
  generated: boolean;
}
export interface GateLive {
  gate: Gate;
  devices_online: number;
  devices: number;
  today: {
    in: number;
    out: number;
    pass: number;
    pass_with_reminder: number;
    register_first: number;
    refuse: number;
    hold: number;
    overrides: number;
    emergencies: number;
  };
  last_passage_at?: Instant;
}
export interface FlowHour {
  gate_id: string;
  hour: number;
  in: number;
  out: number;
  refused: number;
}
export interface PolicyParameter {
  name: string;
  value: string | number | boolean;
  unit: string;
  pack: string;
  source: string;
  grade: string;
}
export interface PolicyInForce {
  version: string;
  packs: { id: string; issuer: string; document: string; valid_from: string; valid_to?: string }[];
  parameters: PolicyParameter[];
}
export interface Enrolment {
  code: string;
  url: string;
  qr_svg: string;
  expires_at: Instant;
}
