// Whether enough was typed to look for: the server's rule (src/person/search_words.cpp), so that no request is in vain. Pure.
export function enough(text: string): boolean {
  const plain = text.normalize('NFKC');
  const count = (pattern: RegExp) => (plain.match(pattern) ?? []).length;
  const chinese = count(/[\u3400-\u9fff]/g);
  const letters = count(/[a-z]/gi);
  const digits = count(/[0-9]/g);
  if (digits > 0 && (chinese > 0 || plain.includes('-'))) return true;
  if (chinese > 0) return chinese >= 2;
  if (letters > 0) return letters >= 3 && digits === 0;
  return digits >= 4;
}
