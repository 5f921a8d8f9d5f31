// Something of the page's own that went wrong: its words stand in the word files under "fault.CODE".
export class WordedFault extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'WordedFault';
  }
}
