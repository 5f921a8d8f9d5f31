// Live events of the server (SSE). The browser reconnects a dropped stream by itself and asks for what it missed; a refused
// one it gives up, so this tries again with a growing pause. `state` tells the screen whether it may trust what it shows.

export type StreamState = 'connecting' | 'open' | 'lost';
export interface StreamHandlers {
  events: Record<string, (data: unknown) => void>;
  state?: (state: StreamState) => void;
}
export interface StreamParts {
  open: (url: string) => EventSource;
  later: (work: () => void, ms: number) => unknown;
}
const browser: StreamParts = {
  open: (url) => new EventSource(url),
  later: (work, ms) => setTimeout(work, ms),
};
const firstPauseMs = 500;
const longestPauseMs = 15_000;

// Answers how to close it.
export function openStream(url: string, handlers: StreamHandlers, parts: StreamParts = browser): () => void {
  let source: EventSource | undefined;
  let closed = false;
  let pauseMs = firstPauseMs;
  const connect = () => {
    if (closed) return;
    handlers.state?.('connecting');
    source = parts.open(url);
    source.onopen = () => {
      pauseMs = firstPauseMs;
      handlers.state?.('open');
    };
    source.onerror = () => {
      handlers.state?.('lost');
      if (source?.readyState !== 2 || closed) return; // 2: CLOSED, given up by the browser.
      source.close();
      parts.later(connect, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    };
    for (const [name, handle] of Object.entries(handlers.events)) {
      source.addEventListener(name, (event) => {
        try {
          handle(JSON.parse((event as MessageEvent<string>).data));
        } catch (fault) {
          console.warn('stream: an event was not understood', name, fault);
        }
      });
    }
  };
  connect();
  return () => {
    closed = true;
    source?.close();
  };
}
