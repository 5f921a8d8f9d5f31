// What an import's columns can be, and files to and from base64. Knows no screen.
import type { ImportColumn } from '@shared/api/types';

export const columns = [
  'compound',
  'grid',
  'building',
  'unit',
  'floor',
  'room',
  'door',
  'name',
  'id_number',
  'phone',
  'born_on',
  'marks',
  'detail',
  'stay_until',
] as const satisfies readonly ImportColumn[];

export function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    // "data:...;base64,AAAA"; an empty file has no comma.
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(file);
  });
}

export function saveFile(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
