// A film for Chromium's fake camera: grey, then a code held in front of it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserArguments } from './playwright.config';

export function filmOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'firstline-film-'));
  const code = join(folder, 'code.png');
  const film = join(folder, 'film.mjpeg');
  execFileSync('qrencode', ['-s', '8', '-m', '4', '-o', code, text]);
  const grey = 'color=c=gray:s=1280x720:r=15:d=2';
  const flags = ['-loglevel', 'error', '-y', '-f', 'lavfi', '-i', grey, '-i', code];
  const overlay = "[0][1]overlay=(W-w)/2:(H-h)/2:enable='gte(t,0.4)',format=yuvj420p";
  execFileSync('ffmpeg', [...flags, '-filter_complex', overlay, '-q:v', '3', film]);
  return film;
}

export const cameraArguments = (film: string) => [
  ...browserArguments,
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
];
