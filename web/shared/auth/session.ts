// Who is signed in here. One per page.
import { reactive, readonly } from 'vue';
import { call, get, Problem, setCsrf } from '@shared/api/client';
import type { Session } from '@shared/api/types';
import { uuid7 } from '@shared/base/uuid7';

// `newcomer`: the login of somebody who must choose a password before anything else; not signed in until then.
const state = reactive<{ session: Session | null; newcomer: string; known: boolean }>({
  session: null,
  newcomer: '',
  known: false,
});
export const auth = readonly(state);

function keep(session: Session | null): void {
  state.newcomer = session?.must_change_password ? session.login : '';
  state.session = state.newcomer ? null : session;
  state.known = true;
  setCsrf(session?.csrf ?? null);
}

// Asks the server who we are. A server that cannot be reached leaves things as they are and throws.
export async function loadSession(): Promise<Session | null> {
  try {
    keep(await get<Session>('/api/v1/session'));
  } catch (fault) {
    if (!(fault instanceof Problem) || fault.status !== 401) throw fault;
    keep(null);
  }
  return state.session as Session | null;
}

// Who was signed in when the server was last heard, on a phone that cannot reach it now.
export function adoptSession(session: Session): void {
  keep(session);
}

// The server no longer knows us: back to the form.
export function forgetSession(): void {
  keep(null);
}

// Ends this account's other sessions. Throws Problem.
export async function changePassword(old_password: string, new_password: string): Promise<void> {
  await call('POST', '/api/v1/session/password', { old_password, new_password });
  await loadSession();
}

// Throws Problem; "session.totp_required" asks for the six digits of the code app.
export async function signIn(login: string, password: string, totp?: string): Promise<Session> {
  const session = await call<Session>('POST', '/api/v1/session', {
    login,
    password,
    ...(totp ? { totp } : {}),
  });
  keep(session);
  return session;
}

export async function signOut(): Promise<void> {
  try {
    await call('POST', '/api/v1/session/end', { id: uuid7() });
  } finally {
    keep(null);
  }
}

export const hasRole = (...roles: string[]): boolean =>
  state.session?.roles.some((grant) => roles.includes(grant.role)) ?? false;
