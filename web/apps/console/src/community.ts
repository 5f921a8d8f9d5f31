// The community on screen: its gates, flow and alarms, kept fresh by the live stream.
import { computed, reactive } from 'vue';
import { get, getItems } from '@shared/api/client';
import type { Alarm, Board, FlowHour, GateLive, MyCommunity } from '@shared/api/types';
import { hasRole } from '@shared/auth/session';
import { openStream, type StreamState } from '@shared/live/stream';

interface State {
  id: string;
  gates: GateLive[];
  flow: FlowHour[];
  board: Board;
  alarms: Alarm[];
  isolationAlerts: number; // Grows with each that is raised: whoever shows them asks again.
  stream: StreamState;
  fault: unknown;
}
const empty = (): State => ({
  id: '',
  gates: [],
  flow: [],
  board: { flow_from: '', flow: [], refusals: [] },
  alarms: [],
  isolationAlerts: 0,
  stream: 'connecting',
  fault: null,
});
const state = reactive<State>(empty());
export const community: Readonly<State> = state;

// Those who may act; an auditor only looks.
export const mayAct = computed(() => hasRole('secretary', 'grid_worker', 'health_officer', 'commander'));
export const maySearch = computed(() => hasRole('secretary', 'grid_worker', 'health_officer'));
export const mayEdit = computed(() => hasRole('secretary', 'grid_worker'));
export const mayTrace = computed(() => hasRole('health_officer'));
export const maySeeTraces = computed(() => hasRole('health_officer', 'auditor'));
export const mayInquire = computed(() => hasRole('secretary', 'health_officer', 'commander', 'auditor'));
export const maySeeAccounts = computed(() =>
  hasRole('secretary', 'grid_worker', 'personnel', 'commander', 'auditor'),
);
// Whose roles can be held over a street or a district.
export const maySeeOffices = computed(() => hasRole('health_officer', 'personnel', 'commander', 'auditor'));
export const mayDecideColours = computed(() => hasRole('secretary', 'health_officer', 'commander'));
export const maySeeCases = computed(() => hasRole('secretary', 'health_officer', 'commander'));
export const mayTakeResults = computed(() => hasRole('secretary', 'health_officer'));
export const maySeeKeys = computed(() => hasRole('secretary', 'health_officer', 'commander', 'auditor'));
export const mayWithdrawKeys = computed(() => hasRole('secretary', 'health_officer', 'commander'));
export const mayImport = computed(() => hasRole('secretary'));
export const mayManage = computed(() => hasRole('secretary'));
export const mayManagePhones = computed(() => hasRole('secretary'));

const path = (rest: string) => `/api/v1/communities/${state.id}${rest}`;

// Pages come in bursts; the server is asked at most every two seconds.
const pauseMs = 2000;
let due: ReturnType<typeof setTimeout> | undefined;
let close: (() => void) | undefined;

export async function refresh(): Promise<void> {
  const asked = state.id; // A late answer for another community is dropped.
  try {
    const [gates, flow, board, alarms] = await Promise.all([
      getItems<GateLive>(path('/gates')),
      getItems<FlowHour>(path('/flow')),
      get<Board>(path('/board')),
      getItems<Alarm>(path('/alarms')),
    ]);
    if (state.id === asked) Object.assign(state, { gates, flow, board, alarms, fault: null });
  } catch (fault) {
    if (state.id === asked) state.fault = fault;
  }
}
function refreshSoon(): void {
  due ??= setTimeout(() => {
    due = undefined;
    void refresh();
  }, pauseMs);
}

// The communities that the signed-in person's roles cover.
export async function findCommunities(): Promise<{ id: string; name: string }[]> {
  const mine = await getItems<MyCommunity>('/api/v1/my/communities');
  return mine.map((one) => ({ id: one.community_id, name: one.name }));
}

export async function watch(id: string): Promise<void> {
  stopWatching();
  Object.assign(state, empty(), { id });
  await refresh();
  if (state.id !== id) return;
  close = openStream(path('/stream'), {
    state: (stream) => {
      state.stream = stream;
      if (stream === 'open') refreshSoon(); // What happened while the line was down.
    },
    events: {
      passage: refreshSoon,
      alarm: refreshSoon,
      alarm_seen: refreshSoon,
      isolation_alert: () => (state.isolationAlerts += 1),
    },
  });
}
export function stopWatching(): void {
  close?.();
  close = undefined;
  clearTimeout(due);
  due = undefined;
  Object.assign(state, empty());
}

export const isOpen = (alarm: Alarm): boolean => alarm.seen_by.length < alarm.needs;
export const policyOf = <Answer>(gate: string) => get<Answer>(`/api/v1/policies/in-force?gate=${gate}`);
export const pathOf = path;
