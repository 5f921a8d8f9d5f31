// Every word stands in both languages, with the same placeholders.
import { globSync } from './files.mjs';
import { readFileSync } from 'node:fs';

let faults = 0;
const say = (text) => {
  console.error(text);
  faults += 1;
};
const placeholders = (text) => (text.match(/\{\w+\}/g) ?? []).sort().join(' ');
for (const chinese of globSync('.zh-CN.json')) {
  const english = chinese.replace('.zh-CN.json', '.en.json');
  const left = JSON.parse(readFileSync(chinese, 'utf8'));
  const right = JSON.parse(readFileSync(english, 'utf8'));
  for (const key of Object.keys(left)) {
    if (!(key in right)) say(`${english}: no "${key}"`);
    else if (placeholders(left[key]) !== placeholders(right[key]))
      say(`${english}: "${key}" has other placeholders`);
  }
  for (const key of Object.keys(right)) if (!(key in left)) say(`${chinese}: no "${key}"`);
}
console.log(faults ? `i18n: ${faults} faults` : 'i18n: ok');
process.exit(faults ? 1 : 0);
