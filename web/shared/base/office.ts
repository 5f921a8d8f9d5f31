// What anybody may know of the office before signing in: its number, whether its people are made up, and the fingerprint of
// its certificate authority. Asked once a page; a page without the answer says nothing about it.
import { reactive, readonly } from 'vue';
import { get } from '@shared/api/client';
import type { Office } from '@shared/api/types';

const state = reactive<{ known: boolean; office: Office }>({ known: false, office: { generated: false } });
export const office = readonly(state);

let asked: Promise<void> | undefined;
export function askOffice(): Promise<void> {
  asked ??= get<Office>('/api/v1/office').then(
    (answer) => {
      state.office = answer;
      state.known = true;
    },
    () => (asked = undefined), // The next part of the page that wants it asks again.
  );
  return asked ?? Promise.resolve();
}
export const callHref = (phone: string): string => `tel:${phone.replace(/[^+0-9]/g, '')}`;
// In groups of four pairs: read aloud over the telephone without losing the place.
export const fingerprintLines = (sha256: string): string[] =>
  sha256.match(/(?:[0-9A-F]{2}:?){1,4}/g)?.map((part) => part.replace(/:$/, '').replaceAll(':', ' ')) ?? [];
