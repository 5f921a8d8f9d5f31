// The rules of the gate on this phone: the server's own, compiled for the browser (wasm/ of the repository). Decides what
// the server would decide on the same arguments; knows nobody and keeps nothing.
import type { Colour, Direction, Mask, Outcome, Presented, Reason } from '@shared/api/types';

export interface Verdict {
  outcome: Outcome;
  reasons: Reason[];
}
// How somebody stands (of the gate pack), and what is said and seen now: only their names are known here.
export type Stands = Record<string, unknown>;
export interface Moment {
  direction: Direction;
  temperature_tenths?: number;
  mask?: Mask;
  colour_seen?: Colour;
  nat_seen_hours?: number;
  leaves_district?: boolean;
}
export interface Checked extends Verdict {
  arguments: Presented;
  policy_version: string;
}
export interface Rules {
  // The whole of a check without a server; `arguments` is what was decided on.
  check(stands: Stands, moment: Moment, policy: object, now: string): Checked;
  // `presented` and `policy` as `firstline verdict --jsonl` takes them: what is left out has its default.
  decide(presented: Partial<Presented>, policy: object, now: string): Verdict;
}
// The rules did not understand the question: this page and its rules do not belong together.
export class RulesRefused extends Error {
  constructor(
    readonly code: string,
    readonly where: string,
  ) {
    super(`${code} ${where}`);
  }
}

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  request_room(bytes: number): number;
  answer_verdict(): number;
  answer_check(): number;
  answer_text(): number;
}

export async function loadRules(source: BufferSource | Promise<Response>): Promise<Rules> {
  const bytes = source instanceof Promise ? await (await source).arrayBuffer() : source;
  const { instance } = await WebAssembly.instantiate(bytes);
  const exports = instance.exports as unknown as Exports;
  exports._initialize();
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  function ask(entry: 'answer_verdict' | 'answer_check', question: object): Record<string, unknown> {
    const text = encoder.encode(JSON.stringify(question));
    const room = exports.request_room(text.length);
    new Uint8Array(exports.memory.buffer, room, text.length).set(text);
    const length = exports[entry](); // May move the memory: looked at only after.
    const answer = decoder.decode(new Uint8Array(exports.memory.buffer, exports.answer_text(), length));
    const said = JSON.parse(answer) as Record<string, unknown>;
    const refused = said.error as { code: string; where: string } | undefined;
    if (refused) throw new RulesRefused(refused.code, refused.where);
    return said;
  }

  return {
    decide: (presented, policy, now) =>
      ask('answer_verdict', { presented, policy, now }) as unknown as Verdict,
    check: (stands, moment, policy, now) =>
      ask('answer_check', { stands, moment, policy, now }) as unknown as Checked,
  };
}
