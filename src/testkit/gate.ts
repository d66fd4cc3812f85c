/** A promise and its release, to hold something up. */
export interface Gate {
  readonly opened: Promise<void>;
  /** May be called more than once. */
  open(): void;
}

/** Makes a gate, shut. */
export function gate(): Gate {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
