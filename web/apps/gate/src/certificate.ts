// Another issuer's health certificate (HC1), held up by somebody who was recognised a moment ago. The server verifies it
// and says what it is worth here; a test is then known, and the verdict is asked for again.
import { reactive, readonly } from 'vue';
import { command } from '@shared/api/client';
import type { Evidence } from '@shared/api/types';
import { WordedFault } from '@shared/ui/fault';
import { duty } from './duty';
import { network } from './offline/network';
import { gatePath } from './place';

export const isCertificate = (text: string): boolean => /^HC1:/.test(text.trim());

interface Shown {
  personId: string;
  evidence: Evidence | null;
  fault: unknown;
}
const state = reactive<Shown>({ personId: '', evidence: null, fault: null });
export const certificate = readonly(state);

// Of the person whose verdict is on screen: the only one, by the server's word.
export function bearer(): string | undefined {
  const shown = duty.shown;
  if (shown?.kind !== 'passage' || shown.items.length !== 1 || shown.offline) return undefined;
  return shown.items[0]!.person_id;
}

export function forgetCertificate(): void {
  Object.assign(state, { personId: '', evidence: null, fault: null });
}
// True: what is known of the person has changed.
export async function showCertificate(qr: string): Promise<boolean> {
  const personId = bearer();
  Object.assign(state, { personId: personId ?? '', evidence: null, fault: null });
  try {
    if (!personId)
      throw new WordedFault(network.reachable ? 'certificate.who_first' : 'certificate.needs_network');
    const body = { person_id: personId, qr: qr.trim() };
    const taken = await command<Evidence>(gatePath('/certificates'), body);
    state.evidence = taken;
    return !!taken.state;
  } catch (fault) {
    state.fault = fault;
    return false;
  }
}
