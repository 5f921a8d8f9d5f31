// Keeps the gate page on the phone, so that a shift begins and goes on without a network. precache.ts of the workspace puts
// `version` and `files` in front of this and writes it to the app's root. Pages only: whatever the server says about people
// (/api) goes to the network or nowhere.
/* global version, files */
const cacheName = `firstline-gate-${version}`;

self.addEventListener('install', (event) => {
  // Past the browser's own cache: a file may have come from the version before.
  const fresh = files.map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(fresh)));
});

self.addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('firstline-gate-') && name !== cacheName;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// The keeper said that the new version may take over.
self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== self.location.origin) return;
  if (!address.pathname.startsWith('/gate/')) return;
  const kept = request.mode === 'navigate' ? '/gate/' : address.pathname;
  event.respondWith(
    caches
      .open(cacheName)
      .then((cache) => cache.match(kept))
      .then((found) => found ?? fetch(request)),
  );
});
