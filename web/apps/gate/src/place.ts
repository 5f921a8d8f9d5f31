// Where this phone stands and who holds it: its enrolment, the gate, the session.
import { reactive, readonly } from 'vue';
import { command, get, Problem } from '@shared/api/client';
import type { Device, Gate, Session } from '@shared/api/types';
import { auth, loadSession } from '@shared/auth/session';

interface Place {
  device: Device | null;
  gate: Gate | null;
  known: boolean; // The server has been asked.
  fault: unknown;
}
const state = reactive<Place>({ device: null, gate: null, known: false, fault: null });
export const place = readonly(state);

async function loadDevice(): Promise<Device | null> {
  try {
    return await get<Device>('/api/v1/device');
  } catch (fault) {
    if (fault instanceof Problem && [401, 403, 404].includes(fault.status)) return null;
    throw fault;
  }
}

// A phone that is not enrolled serves the gate that its keeper's role names.
async function gateOfKeeper(session: Session | null): Promise<Gate | null> {
  const grants = session?.roles.filter((grant) => grant.role === 'keeper') ?? [];
  for (const grant of grants) {
    try {
      return await get<Gate>(`/api/v1/gates/${grant.area_id}`);
    } catch (fault) {
      if (!(fault instanceof Problem) || fault.status === 0) throw fault;
    }
  }
  return null;
}

export async function findPlace(): Promise<void> {
  state.fault = null;
  try {
    const [device, session] = await Promise.all([loadDevice(), loadSession()]);
    state.device = device;
    state.gate = device?.gate ?? (await gateOfKeeper(session));
    state.known = true;
  } catch (fault) {
    state.fault = fault;
  }
}

export async function gateAfterSignIn(): Promise<void> {
  if (!state.gate) state.gate = await gateOfKeeper(auth.session as Session | null);
}

export async function enrol(code: string): Promise<void> {
  const device = await command<Device>('/api/v1/devices', { code });
  state.device = device;
  state.gate = device.gate;
}

export const gatePath = (rest = ''): string => `/api/v1/gates/${state.gate?.gate_id ?? '0'}${rest}`;
