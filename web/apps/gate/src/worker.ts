// Puts the page on the phone, and says when a newer one is ready. The keeper takes it over between two people, not the page.
import { ref } from 'vue';

export const newVersion = ref(false);
let ready: ServiceWorker | null = null;

export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  try {
    const registration = await navigator.serviceWorker.register(
      `${import.meta.env.BASE_URL}service-worker.js`,
    );
    const look = (worker: ServiceWorker | null) => {
      if (!worker || !navigator.serviceWorker.controller) return; // The first one needs no word.
      ready = worker;
      newVersion.value = true;
    };
    look(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const coming = registration.installing;
      coming?.addEventListener('statechange', () => coming.state === 'installed' && look(coming));
    });
  } catch {
    // No secure address, or the browser will not: the page works while the network does.
  }
}
export function takeNewVersion(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  ready?.postMessage('take over');
}
