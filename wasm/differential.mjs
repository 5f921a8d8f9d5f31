// Asks the phone's rules what the program was asked, and demands the same bytes.
//   node differential.mjs RULES.wasm PROGRAM [--questions N] [--seed S]
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [rulesFile, program] = process.argv.slice(2);
const option = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const count = option('--questions', '120000');
const seed = option('--seed', '20220315');

const module = new WebAssembly.Module(readFileSync(rulesFile));
const imports = WebAssembly.Module.imports(module);
if (imports.length) {
  console.error('the rules ask for', imports);
  process.exit(1);
}
const rules = new WebAssembly.Instance(module).exports;
rules._initialize();
const bytes = (at, length) => Buffer.from(rules.memory.buffer, at, length);
const entries = { verdict: rules.answer_verdict, check: rules.answer_check };
function ask(entry, question) {
  bytes(rules.request_room(question.length), question.length).set(question);
  const length = entries[entry]();
  return bytes(rules.answer_text(), length);
}

const asked = { verdict: 0, check: 0 };
let refused = 0;
const differing = [];
const outcomes = new Map();
function compare(line) {
  const first = line.indexOf(9);
  const second = line.indexOf(9, first + 1);
  const entry = line.subarray(0, first).toString();
  const question = line.subarray(first + 1, second);
  const said = line.subarray(second + 1);
  const answer = ask(entry, question);
  asked[entry] += 1;
  const outcome = /"outcome":"(\w+)","reasons"/.exec(said.toString())?.[1] ?? 'refused line';
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  if (outcome === 'refused line') refused += 1;
  if (!answer.equals(said)) differing.push([question.toString(), said.toString(), answer.toString()]);
}

const native = spawn(program, [count, seed], { stdio: ['ignore', 'pipe', 'inherit'] });
let rest = Buffer.alloc(0);
native.stdout.on('data', (chunk) => {
  let all = rest.length ? Buffer.concat([rest, chunk]) : chunk;
  for (let end; (end = all.indexOf(10)) >= 0; all = all.subarray(end + 1)) compare(all.subarray(0, end));
  rest = all;
});
native.on('close', (code) => {
  for (const [question, said, answer] of differing.slice(0, 3))
    console.error(`question ${question}\nprogram  ${said}\nphone    ${answer}\n`);
  console.log(`${asked.verdict} verdicts and ${asked.check} checks (${[...outcomes].map((each) => each.join(' ')).join(', ')}), seed ${seed}`);
  console.log(`${differing.length} answers differ`);
  const enough = asked.verdict >= Number(count) && asked.check >= Number(count) / 2 && refused > 0 && outcomes.size === 6;
  process.exit(code === 0 && enough && rest.length === 0 && differing.length === 0 ? 0 : 1);
});
