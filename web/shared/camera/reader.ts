// One picture at a time to the reading worker, which starts with the first.

let worker: Worker | undefined;
let waiting: ((text: string | null) => void) | undefined;

// The text of a code in the picture, or null. Null at once while another picture is being read.
export function readCode(picture: ImageData | Blob): Promise<string | null> {
  if (waiting) return Promise.resolve(null);
  if (!worker) {
    worker = new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module' });
    const answer = (text: string | null) => {
      const tell = waiting;
      waiting = undefined;
      tell?.(text);
    };
    worker.onmessage = (event: MessageEvent<string | null>) => answer(event.data);
    worker.onerror = () => answer(null);
  }
  return new Promise((resolve) => {
    waiting = resolve;
    if (picture instanceof ImageData) worker!.postMessage(picture, [picture.data.buffer]);
    else worker!.postMessage(picture);
  });
}
