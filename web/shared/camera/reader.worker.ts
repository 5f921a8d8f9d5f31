// Reads codes from pictures, off the screen's thread. The decoder comes from our own server.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import decoder from 'zxing-wasm/reader/zxing_reader.wasm?url';

prepareZXingModule({
  overrides: {
    locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? decoder : prefix + path),
  },
});

self.onmessage = async (event: MessageEvent<ImageData | Blob>) => {
  try {
    const found = await readBarcodes(event.data, {
      formats: ['QRCode', 'MicroQRCode', 'DataMatrix', 'Code128'],
      tryHarder: true,
      maxNumberOfSymbols: 1,
    });
    self.postMessage(found.find((each) => each.isValid)?.text ?? null);
  } catch {
    self.postMessage(null);
  }
};
