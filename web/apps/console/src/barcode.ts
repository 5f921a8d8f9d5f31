// Code 39 (ISO/IEC 16388): nine elements a character, bars and gaps in turn, wide or narrow; a star at both ends. Digits and
// hyphens only, which is what labels hold. Knows no screen.
const elements: Record<string, string> = {
  '0': 'nnnwwnwnn',
  '1': 'wnnwnnnnw',
  '2': 'nnwwnnnnw',
  '3': 'wnwwnnnnn',
  '4': 'nnnwwnnnw',
  '5': 'wnnwwnnnn',
  '6': 'nnwwwnnnn',
  '7': 'nnnwnnwnw',
  '8': 'wnnwnnwnn',
  '9': 'nnwwnnwnn',
  '-': 'nwnnnnwnw',
  '*': 'nwnnwnwnn',
};
const wide = 3;

export interface Bars {
  width: number; // In narrow elements.
  path: string; // SVG, one unit high.
}

export function code39(text: string): Bars {
  let x = 0;
  let path = '';
  for (const character of `*${text}*`) {
    const pattern = elements[character];
    if (!pattern) throw new Error(`no barcode for ${character}`);
    [...pattern].forEach((element, index) => {
      const width = element === 'w' ? wide : 1;
      if (index % 2 === 0) path += `M${x},0h${width}v1h-${width}z`;
      x += width;
    });
    x += 1; // The gap between two characters.
  }
  return { width: x - 1, path };
}
