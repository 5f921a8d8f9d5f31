// Every word stands in both languages, with the same placeholders, and no key is the beginning of another.
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
  // "a.b" and "a.b.c": keys are a tree to the library, and the page would not start.
  for (const key of Object.keys(left))
    for (let end = key.lastIndexOf('.'); end > 0; end = key.lastIndexOf('.', end - 1))
      if (key.slice(0, end) in left) say(`${chinese}: "${key}" stands below "${key.slice(0, end)}"`);
  for (const key of Object.keys(right)) if (!(key in left)) say(`${chinese}: no "${key}"`);
}
console.log(faults ? `i18n: ${faults} faults` : 'i18n: ok');
process.exit(faults ? 1 : 0);
