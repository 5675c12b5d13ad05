/** What the preload gives the page. */
interface ConcordBridge {
  readonly call: (name: string, input: unknown) => Promise<unknown>;
  readonly onEvent: (callback: (event: unknown) => void) => () => void;
}

interface Window {
  readonly concord: ConcordBridge;
}
