// What an appeal is made of. Knows no screen.
import type { AppealGround } from '@shared/api/types';

export const grounds = [
  'never_there',
  'isolation_over',
  'tests_done',
  'somebody_else',
  'time_wrong',
] as const satisfies readonly AppealGround[];

export interface PaperSent {
  media_type: string;
  content: string; // In base64.
}

const paperBytesMax = 2 << 20;
const pictureSideMax = 1600;

async function base64Of(bytes: Blob): Promise<string> {
  const all = new Uint8Array(await bytes.arrayBuffer());
  let text = '';
  for (let at = 0; at < all.length; at += 0x8000)
    text += String.fromCharCode(...all.subarray(at, at + 0x8000));
  return btoa(text);
}

// A photo as a phone takes it is several megabytes: it is made as small as it can still be read. What comes out of a canvas
// has lost where and when it was taken.
async function smaller(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, pictureSideMax / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/jpeg', 0.8));
  if (!blob) throw new Error('unreadable picture');
  return blob;
}

export async function paperOf(file: File): Promise<PaperSent> {
  if (file.type === 'application/pdf') return { media_type: file.type, content: await base64Of(file) };
  const picture = await smaller(file);
  if (picture.size > paperBytesMax) throw new Error('picture too large');
  return { media_type: 'image/jpeg', content: await base64Of(picture) };
}
