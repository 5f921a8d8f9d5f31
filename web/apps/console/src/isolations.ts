// What the desk says of an order in one line, and who is offered what. Knows no screen.
import type { IsolationRow } from '@shared/api/types';

type Words = (key: string, values?: Record<string, unknown>) => string;

export function dayLine(t: Words, row: Pick<IsolationRow, 'state' | 'day' | 'days'>): string {
  if (row.state !== 'in_force') return '';
  if (row.day === 0) return t('isolation.not_begun');
  if (row.days === undefined) return t('isolation.day_open', { day: row.day });
  return row.day > row.days ? t('isolation.over') : t('isolation.day_of', { day: row.day, days: row.days });
}

export const categories = [
  'close_contact',
  'secondary_contact',
  'inbound',
  'from_high_risk',
  'from_medium_risk',
  'closed_loop_worker',
  'discharged',
  'infected',
] as const;
export const grounds = ['contact', 'infection', 'risk_place', 'by_hand'] as const;
export const answers = ['called', 'visited', 'transfer_arranged', 'doctor_called', 'mistaken'] as const;
export const transferSteps = ['arranged', 'picked_up', 'arrived', 'received'] as const;
