// A resident's signed codes as the desk handles them: who may have paper, and a picture's hash that stays when the
// picture goes.
import type { MemberShown } from '@shared/api/types';
import { toBase64 } from '@shared/credential/base45';

// As the server has it: a shift and an hour; an errand.
export const badgeHoursMax = 13;
export const visitorHoursMax = 2;
export type PaperGround = 'elder' | 'minor' | 'disabled';

// What the desk may offer first; the server knows the birth date and decides.
export function likelyGround(member: Pick<MemberShown, 'person'>): PaperGround {
  if (member.person.marks.includes('disabled')) return 'disabled';
  return member.person.age_band === 'child' ? 'minor' : 'elder';
}

// First 8 octets of SHA-256: what the code holds of the picture, so that a keeper can compare the print.
export async function photoHash(picture: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await picture.arrayBuffer());
  return toBase64(new Uint8Array(digest).slice(0, 8));
}

export function isLive(code: { revoked_at?: string | null; expires_at: string }, nowMs: number): boolean {
  return !code.revoked_at && Date.parse(code.expires_at) > nowMs;
}
