import { describe, expect, it } from 'vitest';
import type { MemberShown } from '@shared/api/types';
import { isLive, likelyGround, photoHash } from './codes';

const member = (age_band: string, marks: string[] = []) =>
  ({ person: { age_band, marks } }) as unknown as Pick<MemberShown, 'person'>;

describe('paper codes at the desk', () => {
  it('offer the likely ground first', () => {
    expect(likelyGround(member('child'))).toBe('minor');
    expect(likelyGround(member('elder'))).toBe('elder');
    expect(likelyGround(member('child', ['disabled']))).toBe('disabled');
  });
  it('hold eight octets of a picture', async () => {
    expect(await photoHash(new Blob(['abc']))).toBe('ungWv48Bz+o=');
  });
  it('end by time or by hand', () => {
    const at = Date.parse('2022-03-15T00:00:00Z');
    expect(isLive({ expires_at: '2022-03-16T00:00:00Z' }, at)).toBe(true);
    expect(isLive({ expires_at: '2022-03-14T00:00:00Z' }, at)).toBe(false);
    expect(isLive({ expires_at: '2022-03-16T00:00:00Z', revoked_at: '2022-03-14T00:00:00Z' }, at)).toBe(
      false,
    );
  });
});
