// Where this phone stands and who holds it: its enrolment, the gate, the session.
import { reactive, readonly } from 'vue';
import { command, get, getItems, Problem } from '@shared/api/client';
import type { Device, Gate, Session } from '@shared/api/types';
import { adoptSession, auth, loadSession } from '@shared/auth/session';
import { recall, remember } from '@shared/base/remember';
import { recallPlace, rememberPlace } from './offline/memory';

interface Place {
  device: Device | null;
  gate: Gate | null;
  choices: Gate[]; // Where the keeper may stand.
  known: boolean; // The server has been asked.
  shutOut: boolean; // The office took this phone out of its gate.
  remembered: boolean; // From this phone's own memory: the server could not be asked.
  fault: unknown;
}
const state = reactive<Place>({
  device: null,
  gate: null,
  choices: [],
  known: false,
  shutOut: false,
  remembered: false,
  fault: null,
});
export const place = readonly(state);

const isShutOut = (fault: unknown) => fault instanceof Problem && fault.code === 'device.revoked';
// An answer that says so ends this phone's service at once.
export function noticeShutOut(fault: unknown): void {
  if (!isShutOut(fault)) return;
  state.shutOut = true;
  state.device = null;
  state.gate = null;
  state.choices = [];
}

async function loadDevice(): Promise<Device | null> {
  try {
    const device = await get<Device>('/api/v1/device');
    state.shutOut = false;
    return device;
  } catch (fault) {
    if (isShutOut(fault)) state.shutOut = true;
    if (fault instanceof Problem && [401, 403, 404].includes(fault.status)) return null;
    throw fault;
  }
}

// A phone that is not enrolled serves one of its keeper's gates: the only one, or the one that was picked before.
async function gateOfKeeper(session: Session | null): Promise<Gate | null> {
  if (!session) return null;
  state.choices = await getItems<Gate>('/api/v1/my/gates');
  const kept = recall('gate.picked');
  const [only, second] = state.choices;
  return state.choices.find((each) => each.gate_id === kept) ?? (second ? null : (only ?? null));
}
export function pickGate(gate: Gate): void {
  state.gate = gate;
  remember('gate.picked', gate.gate_id);
}
// Off this phone. An enrolled one goes on serving its gate: emergencies need nobody to be signed in.
export function leaveGate(): void {
  if (state.device) return;
  state.gate = null;
  state.choices = [];
}
// To another gate of the same keeper. An enrolled phone stays where it is.
export function pickAgain(): void {
  if (!state.device) state.gate = null;
}

export async function findPlace(): Promise<void> {
  state.fault = null;
  try {
    const [device, session] = await Promise.all([loadDevice(), loadSession()]);
    state.device = device;
    state.gate = device?.gate ?? (await gateOfKeeper(session));
    Object.assign(state, { known: true, remembered: false });
    if (device && session) await rememberPlace(device, session);
  } catch (fault) {
    if (!(await placeRemembered())) state.fault = fault;
  }
}
// Where we stood and who was on this phone when the server was last heard.
async function placeRemembered(): Promise<boolean> {
  const kept = await recallPlace();
  if (!kept) return false;
  adoptSession(kept.session);
  Object.assign(state, { device: kept.device, gate: kept.device.gate, known: true, remembered: true });
  return true;
}
// The server is back: whether it still knows who was remembered.
export async function confirmPlace(): Promise<Session | null> {
  const session = await loadSession();
  state.remembered = false;
  return session;
}

export async function gateAfterSignIn(): Promise<void> {
  try {
    const session = auth.session as Session | null;
    if (!state.gate) state.gate = await gateOfKeeper(session);
    if (state.device && session) await rememberPlace(state.device, session);
  } catch (fault) {
    state.fault = fault;
  }
}

export async function enrol(code: string): Promise<void> {
  const device = await command<Device>('/api/v1/devices', { code });
  state.device = device;
  state.gate = device.gate;
  state.shutOut = false;
}

export const gatePath = (rest = ''): string => `/api/v1/gates/${state.gate?.gate_id ?? '0'}${rest}`;
