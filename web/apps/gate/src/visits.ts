// Whom this gate expects, as the server lists it; read again when the live stream says that it has changed.
import { reactive, readonly } from 'vue';
import { command, getItems } from '@shared/api/client';
import type { Visit } from '@shared/api/types';
import { gatePath } from './place';

const state = reactive<{ items: Visit[]; fault: unknown }>({ items: [], fault: null });
export const expected = readonly(state);

export async function loadExpected(): Promise<void> {
  try {
    Object.assign(state, { items: await getItems<Visit>(gatePath('/visits')), fault: null });
  } catch (fault) {
    state.fault = fault;
  }
}
export async function askHost(asked: Record<string, unknown>): Promise<void> {
  await command(gatePath('/visits'), asked);
  await loadExpected();
}
export async function answerByCall(visit: string, confirmed: boolean): Promise<void> {
  await command(gatePath(`/visits/${visit}/answer`), { confirmed });
  await loadExpected();
}
