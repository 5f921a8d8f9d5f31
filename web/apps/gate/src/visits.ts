// Whom this gate expects, as the server lists it; read again when the live stream says that it has changed. Without a server
// from the gate pack, and what is said about a visit waits on this phone.
import { reactive, readonly } from 'vue';
import { command, getItems } from '@shared/api/client';
import type { Visit } from '@shared/api/types';
import { byKeeper, lostAnswer, onlineOrLater } from './offline/later';
import { network } from './offline/network';
import { pack, packVisits } from './offline/pack';
import { enqueue } from './offline/queue';
import { gatePath } from './place';

const state = reactive<{ items: Visit[]; fault: unknown }>({ items: [], fault: null });
export const expected = readonly(state);

export async function loadExpected(): Promise<void> {
  if (!network.reachable && pack.held) return fromPack();
  try {
    Object.assign(state, { items: await getItems<Visit>(gatePath('/visits')), fault: null });
  } catch (fault) {
    if (lostAnswer(fault) && pack.held) fromPack();
    else state.fault = fault;
  }
}
function fromPack(): void {
  const items = packVisits().map((visit): Visit => {
    const visitor = (visit.stands.visitor ?? {}) as { from?: string; until?: string };
    return {
      visit_id: visit.visit_id,
      kind: visit.kind as Visit['kind'],
      state: visit.state as Visit['state'],
      expired: false,
      name: visit.name_masked,
      has_note: false,
      companions: 0,
      from: visitor.from ?? '',
      until: visitor.until ?? '',
      household_label: visit.household_label,
      from_name: '', // The pack leaves out where somebody comes from.
      from_code: '',
      risk: 'low',
    };
  });
  Object.assign(state, { items, fault: null });
}

export async function askHost(asked: Record<string, unknown>): Promise<void> {
  await onlineOrLater(
    (id) => command(gatePath('/visits'), { id, ...asked }),
    (id) => enqueue('visit', { id, ...asked }, { id, more: byKeeper() }),
  );
  await loadExpected();
}
export async function answerByCall(visit: Visit, confirmed: boolean): Promise<void> {
  const done = await onlineOrLater(
    (id) => command(gatePath(`/visits/${visit.visit_id}/answer`), { id, confirmed }),
    (id) =>
      enqueue(
        'answer',
        { visit_id: visit.visit_id, confirmed, base_state: visit.state },
        { id, more: byKeeper() },
      ),
  );
  if (done !== true) return loadExpected();
  const answered = state.items.find((each) => each.visit_id === visit.visit_id);
  if (answered) answered.state = confirmed ? 'confirmed' : 'declined';
}
