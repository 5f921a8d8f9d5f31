// What a page must load before it shows anything, gzipped, against its budget.
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { web } from './files.mjs';

const budgets = {
  gate: [140, 45], // With Dexie: a shift without a network needs its store before anything else.
  resident: [130, 45],
  console: [120, 45],
  landing: [80, 20],
  trust: [80, 20],
};
let faults = 0;
for (const [app, [scriptBudget, styleBudget]] of Object.entries(budgets)) {
  const folder = `${web}/dist/${app}`;
  if (!existsSync(`${folder}/manifest.json`)) continue;
  const manifest = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8'));
  const kilobytes = (file) => gzipSync(readFileSync(`${folder}/${file}`), { level: 9 }).length / 1000;
  const seen = new Set();
  const styles = new Set();
  const visit = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    (manifest[key].css ?? []).forEach((file) => styles.add(file));
    (manifest[key].imports ?? []).forEach(visit);
  };
  Object.keys(manifest)
    .filter((key) => manifest[key].isEntry)
    .forEach(visit);
  const script = [...seen].reduce((sum, key) => sum + kilobytes(manifest[key].file), 0);
  const style = [...styles].reduce((sum, file) => sum + kilobytes(file), 0);
  const bad = script > scriptBudget || style > styleBudget;
  faults += bad ? 1 : 0;
  console.log(
    `size: ${app} script ${script.toFixed(1)}/${scriptBudget} kB, style ${style.toFixed(1)}/${styleBudget} kB${bad ? ' TOO LARGE' : ''}`,
  );
}
// The rules that the gate page carries for a shift without a network: fetched once, kept by the service worker.
const rulesBudget = 80;
const rules = `${web}/shared/rules/rules.wasm`;
if (existsSync(rules)) {
  const size = gzipSync(readFileSync(rules), { level: 9 }).length / 1000;
  faults += size > rulesBudget ? 1 : 0;
  console.log(
    `size: rules.wasm ${size.toFixed(1)}/${rulesBudget} kB${size > rulesBudget ? ' TOO LARGE' : ''}`,
  );
} else {
  console.error('size: no rules.wasm; script/build makes it');
  faults += 1;
}
process.exit(faults ? 1 : 0);
