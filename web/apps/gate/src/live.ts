// What happens at this gate elsewhere: a resident's own scan, and who has seen an alarm.
import { reactive, readonly } from 'vue';
import { getItems } from '@shared/api/client';
import type { Outcome, OwnAlarm, Reason, StreamEvent } from '@shared/api/types';
import { openStream, type StreamState } from '@shared/live/stream';
import { duty, loadShift, ownPassages, show } from './duty';
import { renewPack } from './offline';
import { gatePath } from './place';
import { loadExpected } from './visits';

export interface Arrival {
  id: string;
  atMs: number;
  who: string;
  where: string;
  outcome: Outcome;
  reasons: Reason[];
}
export interface RaisedAlarm {
  alarmId: string;
  passageId: string;
  seenBy: string[];
}
const arrivalsKept = 5;
const alarmsKept = 20;
const state = reactive<{ arrivals: Arrival[]; alarms: RaisedAlarm[]; stream: StreamState }>({
  arrivals: [],
  alarms: [],
  stream: 'connecting',
});
export const live = readonly(state);

let close: (() => void) | undefined;
export function listen(announceArrival: (outcome: Outcome, reasons: Reason[]) => void): void {
  close?.();
  close = openStream(gatePath('/stream'), {
    state: (stream) => {
      state.stream = stream;
      // A stream is refused without words: whether this phone is still wanted is asked.
      if (stream === 'lost') void loadShift();
      if (stream === 'open') void catchUp();
    },
    events: {
      passage: (data) => {
        const event = data as StreamEvent;
        if (arrive(event)) announceArrival(event.outcome!, event.reasons ?? []);
      },
      alarm: (data) => keepAlarm(data as StreamEvent),
      alarm_seen: (data) => keepAlarm(data as StreamEvent),
      visit: () => void loadExpected(),
      pack: () => void renewPack().catch(() => undefined),
    },
  });
}
export function stopListening(): void {
  close?.();
  close = undefined;
}

// What was said while this phone did not listen: the stream came late, or was away.
async function catchUp(): Promise<void> {
  try {
    const missed = await getItems<OwnAlarm>(gatePath('/alarms'));
    for (const { alarm_id, passage_id, seen_by } of missed.reverse()) {
      if (!seen_by.length) keepAlarm({ alarm_id, passage_id });
      for (const name of seen_by) keepAlarm({ alarm_id, passage_id, seen_by: name });
    }
  } catch {
    // The stream goes on telling.
  }
}
// An alarm, or one more who has seen it. Events may come again after a lost connection.
function keepAlarm(event: Pick<StreamEvent, 'alarm_id' | 'passage_id' | 'seen_by'>): void {
  if (!event.alarm_id) return;
  const known = state.alarms.find((each) => each.alarmId === event.alarm_id);
  const seenBy = new Set(known?.seenBy);
  if (event.seen_by) seenBy.add(event.seen_by);
  const alarm = { alarmId: event.alarm_id, passageId: event.passage_id ?? '', seenBy: [...seenBy] };
  state.alarms = [alarm, ...state.alarms.filter((each) => each !== known)].slice(0, alarmsKept);
}

// True if the keeper must look: somebody scanned the gate's own code. A verdict that is still fresh is not covered by it.
function arrive(event: StreamEvent): boolean {
  if (!event.outcome || event.recognised_by !== 'venue_code') return false;
  if (event.passage_id && ownPassages.has(event.passage_id)) return false;
  if (state.arrivals.some((each) => each.id === event.id)) return false;
  const arrival: Arrival = {
    id: event.id,
    atMs: Date.parse(event.at) || Date.now(),
    who: event.name_masked ?? '',
    where: event.household_label ?? '',
    outcome: event.outcome,
    reasons: event.reasons ?? [],
  };
  state.arrivals = [arrival, ...state.arrivals].slice(0, arrivalsKept);
  if (Date.now() - arrival.atMs > 60_000) return false; // Replayed after a lost connection.
  const shown = duty.shown;
  if (!duty.busy && (!shown || Date.now() - shown.shownAt > 4000)) showArrival(arrival, event);
  return true;
}

function showArrival(arrival: Arrival, event: StreamEvent): void {
  show({
    kind: 'arrival',
    shownAt: Date.now(),
    direction: event.direction ?? duty.direction,
    items: [
      {
        passage_id: event.passage_id ?? '',
        name_masked: arrival.who,
        household_label: arrival.where,
        outcome: arrival.outcome,
        reasons: arrival.reasons,
        policy_version: '',
        undo_until: event.at,
      },
    ],
    overridden: [],
    undone: [],
    undoUntilMs: 0,
  });
}
