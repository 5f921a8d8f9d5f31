// The built pages fetch nothing from anywhere else and hold nothing that the content policy refuses.
import { readFileSync } from 'node:fs';
import { filesUnder, web } from './files.mjs';

// Names in comments and namespaces; never fetched. The CDN is the scanner's default, overridden by locateFile.
const harmless = new Set([
  'www.w3.org',
  'vuejs.org',
  'vue-i18n.intlify.dev',
  'router.vuejs.org',
  'github.com',
  'tinyurl.com', // In Dexie's messages, as is the next.
  'bit.ly',
  'a',
  'b',
  'x',
]);
const overridden = new Map([['fastly.jsdelivr.net', /reader\.worker|scanner/]]);
let faults = 0;
const say = (text) => {
  console.error(text);
  faults += 1;
};
for (const path of filesUnder(`${web}/dist`)) {
  if (!/\.(js|css|html|json)$/.test(path)) continue;
  const text = readFileSync(path, 'utf8');
  for (const [, host] of text.matchAll(/https?:\/\/([a-z0-9.-]+)/gi)) {
    const allowed = overridden.get(host);
    if (!harmless.has(host) && !(allowed && allowed.test(path))) say(`${path}: names the host ${host}`);
  }
  if (path.endsWith('.html') && /<style|style=|<script(?![^>]*src=)|\son\w+=/.test(text))
    say(`${path}: inline script or style`);
}
console.log(faults ? `dist: ${faults} faults` : 'dist: ok');
process.exit(faults ? 1 : 0);
