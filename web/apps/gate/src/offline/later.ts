// A command done with the server, or written down for it when it cannot be reached. Under one id either way: the server knows
// by it what it has done before.
import { Problem } from '@shared/api/client';
import { auth } from '@shared/auth/session';
import { uuid7 } from '@shared/base/uuid7';
import { place } from '../place';
import { kickSync } from './index';
import { written } from './decide';
import { network } from './network';
import { pack } from './pack';

// No answer, or none of the server's own: it may have been done all the same. Too busy is no answer either.
export const lostAnswer = (fault: unknown): boolean =>
  fault instanceof Problem && (fault.status === 0 || fault.status === 429 || fault.status >= 500);

export const byKeeper = () => (auth.session ? { account_id: auth.session.account_id } : {});

// Only an enrolled phone of a server that takes records may hold anything back.
export const mayHoldBack = (): boolean => !!place.device && pack.served;

// True: it waits on this phone.
export async function onlineOrLater<Answer>(
  send: (id: string) => Promise<Answer>,
  later: (id: string) => Promise<unknown>,
  localOnly = false,
): Promise<Answer | true> {
  const id = uuid7();
  if (!localOnly && (network.reachable || !mayHoldBack())) {
    try {
      return await send(id);
    } catch (fault) {
      if (!lostAnswer(fault) || !mayHoldBack()) throw fault;
    }
  }
  await written(() => later(id));
  kickSync();
  return true;
}
