// A film for Chromium's fake camera: grey, then codes held in front of it one after the other, over and over.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserArguments } from './playwright.config';

const newFolder = () => mkdtempSync(join(tmpdir(), 'firstline-film-'));
const ffmpeg = (...flags: string[]) => execFileSync('ffmpeg', ['-loglevel', 'error', '-y', ...flags]);

// Each picture half a second; one alone longer than the grey before it. The camera opens the file anew whenever it starts,
// so another film may take its place between two scans.
export function filmPictures(pictures: string[], film: string): void {
  const folder = newFolder();
  const grey = join(folder, 'grey.png');
  ffmpeg('-f', 'lavfi', '-i', 'color=c=gray:s=700x700', '-frames:v', '1', grey);
  const shown = pictures.length === 1 ? [grey, ...Array<string>(3).fill(pictures[0]!)] : [grey, ...pictures];
  const held = 'scale=700:700:flags=neighbor:force_original_aspect_ratio=decrease,pad=1280:720:(ow-iw)/2:(oh-ih)/2:gray';
  const inputs = shown.flatMap((picture) => ['-loop', '1', '-t', '0.5', '-r', '15', '-i', picture]);
  const parts = shown.map((_, at) => `[${at}]${held},format=yuvj420p,setsar=1[p${at}]`);
  const whole = `${parts.join(';')};${shown.map((_, at) => `[p${at}]`).join('')}concat=n=${shown.length}`;
  const made = join(folder, 'film.mjpeg');
  ffmpeg(...inputs, '-filter_complex', whole, '-q:v', '3', '-r', '15', made);
  renameSync(made, film);
}
export function pictureOf(text: string): string {
  const picture = join(newFolder(), 'code.png');
  execFileSync('qrencode', ['-s', '8', '-m', '4', '-o', picture, text]);
  return picture;
}
export function filmOf(text: string): string {
  const film = join(newFolder(), 'film.mjpeg');
  filmPictures([pictureOf(text)], film);
  return film;
}

export const cameraArguments = (film: string) => [
  ...browserArguments,
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
];
