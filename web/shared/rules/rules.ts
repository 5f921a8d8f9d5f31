// The rules of the gate on this phone: the server's own, compiled for the browser (wasm/ of the repository). Decides what
// the server would decide on the same arguments; knows nobody and keeps nothing.
import type { Presented, Reason, Outcome } from '@shared/api/types';

export interface Verdict {
  outcome: Outcome;
  reasons: Reason[];
}
export interface Rules {
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
  answer_text(): number;
}

export async function loadRules(source: BufferSource | Promise<Response>): Promise<Rules> {
  const bytes = source instanceof Promise ? await (await source).arrayBuffer() : source;
  const { instance } = await WebAssembly.instantiate(bytes);
  const exports = instance.exports as unknown as Exports;
  exports._initialize();
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  function ask(question: object): Record<string, unknown> {
    const text = encoder.encode(JSON.stringify(question));
    const room = exports.request_room(text.length);
    new Uint8Array(exports.memory.buffer, room, text.length).set(text);
    const length = exports.answer_verdict(); // May move the memory: looked at only after.
    const answer = decoder.decode(new Uint8Array(exports.memory.buffer, exports.answer_text(), length));
    return JSON.parse(answer) as Record<string, unknown>;
  }

  return {
    decide(presented, policy, now) {
      const answer = ask({ presented, policy, now });
      const refused = answer.error as { code: string; where: string } | undefined;
      if (refused) throw new RulesRefused(refused.code, refused.where);
      return answer as unknown as Verdict;
    },
  };
}
