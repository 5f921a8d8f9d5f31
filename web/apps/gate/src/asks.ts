// What the rules in force here make a keeper ask. Read once when the duty begins; without an answer nothing more is asked.
import { reactive, readonly } from 'vue';
import { get } from '@shared/api/client';
import type { PolicyInForce } from '@shared/api/types';
import { place } from './place';

const state = reactive({ trips: false, certificates: false });
export const asks = readonly(state);

export async function loadAsks(): Promise<void> {
  try {
    const rules = await get<PolicyInForce>(`/api/v1/policies/in-force?gate=${place.gate?.gate_id ?? '0'}`);
    const trips = rules.parameters.find((each) => each.name === 'gate.trip.unregistered');
    const certificates = rules.parameters.find((each) => each.name === 'health.signed_certificates');
    state.certificates = certificates?.value === true;
    state.trips = !!trips && trips.value !== 'pass';
  } catch {
    // The server asks by itself where somebody has filed a trip.
  }
}
