// A code that no phone vouches for: paper, a badge, a visitor's. A picture of it is as good, so the keeper looks: these are
// the digits and the kind to compare, as the code says them.
import type { FlClaims } from '@shared/credential/claims';

export interface Compare {
  kind: 'paper' | 'volunteer' | 'visitor' | 'courier' | 'resident';
  lastFour: string;
  photo: boolean; // A picture belongs to it.
}
const prefix = 'FL1:';

export async function compareOf(token: string | undefined): Promise<Compare | undefined> {
  if (!token?.startsWith(prefix)) return undefined;
  const { claimsUnverified } = await import('@shared/credential/fl');
  const claims: FlClaims | undefined = claimsUnverified(token);
  if (!claims || claims.holder) return undefined;
  const kind = claims.paper === 'none' ? claims.role : 'paper';
  return { kind, lastFour: claims.lastFour, photo: !!claims.photoHash };
}
