/** A promise, and the function that resolves it. */
export interface Gate {
  readonly opened: Promise<void>;
  /** May be called more than once. */
  open(): void;
}

/** Creates a closed gate. */
export function gate(): Gate {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
