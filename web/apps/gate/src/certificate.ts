// Another issuer's health certificate (HC1), held up by somebody who was recognised a moment ago. The server, or without it
// this phone, verifies it and says what it is worth here; a test is then known, and the verdict is asked for again.
import { reactive, readonly } from 'vue';
import { command } from '@shared/api/client';
import type { Evidence } from '@shared/api/types';
import { WordedFault } from '@shared/ui/fault';
import { duty } from './duty';
import { noteTest } from './offline/decide';
import { byKeeper, onlineOrLater } from './offline/later';
import { network, serverNowMs } from './offline/network';
import { findPerson, healthSigners, packGood } from './offline/pack';
import { enqueue } from './offline/queue';
import { gatePath } from './place';

export const isCertificate = (text: string): boolean => /^HC1:/.test(text.trim());

interface Shown {
  personId: string;
  evidence: Evidence | null;
  compare?: { name: string; bornOn: string }; // The keeper's to look at: this phone knows no whole name.
  fault: unknown;
}
const state = reactive<Shown>({ personId: '', evidence: null, compare: undefined, fault: null });
export const certificate = readonly(state);

export const canVerifyHere = (): boolean => healthSigners().length > 0;

// Of the person whose verdict is on screen: the only one, and by the server's word unless this phone can verify.
export function bearer(): string | undefined {
  const shown = duty.shown;
  if (shown?.kind !== 'passage' || shown.items.length !== 1 || (shown.offline && !canVerifyHere()))
    return undefined;
  return shown.items[0]!.person_id;
}

export function forgetCertificate(): void {
  Object.assign(state, { personId: '', evidence: null, compare: undefined, fault: null });
}
// Counts on this phone from now on; the server hears of it, and compares the whole name, under the same id.
export async function takeHere(
  qr: string,
  personId: string,
  id: string,
): Promise<Pick<Shown, 'evidence' | 'compare'>> {
  const nowMs = serverNowMs(Date.now());
  const person = findPerson(personId)?.person;
  if (!packGood(nowMs) || !person || !canVerifyHere()) throw new WordedFault('certificate.needs_network');
  const { proofOf } = await import('./offline/evidence');
  const { nat, ...shown } = await proofOf(qr, person, healthSigners(), nowMs);
  await enqueue('certificate', { id, person_id: personId, qr }, { id, more: byKeeper() });
  if (nat) noteTest(personId, person.stands, nat);
  return shown;
}

// True: what is known of the person has changed.
export async function showCertificate(qr: string): Promise<boolean> {
  const personId = bearer();
  Object.assign(state, { personId: personId ?? '', evidence: null, compare: undefined, fault: null });
  try {
    if (!personId)
      throw new WordedFault(network.reachable ? 'certificate.who_first' : 'certificate.needs_network');
    const code = qr.trim();
    let here: Partial<Shown> = {};
    const taken = await onlineOrLater<Evidence>(
      (id) => command<Evidence>(gatePath('/certificates'), { id, person_id: personId, qr: code }),
      async (id) => {
        here = await takeHere(code, personId, id);
      },
      duty.shown?.offline !== undefined,
    );
    Object.assign(state, taken === true ? here : { evidence: taken });
    return !!state.evidence?.state;
  } catch (fault) {
    state.fault = fault;
    return false;
  }
}
