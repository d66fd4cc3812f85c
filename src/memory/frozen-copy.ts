/** Copies plain data and freezes the copy all through, so that one copy can be handed to everyone. */
export function frozenCopy<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(copy));
  // Spread, unlike assignment to an empty object, keeps an own key named `__proto__`.
  const own: Record<string, unknown> = { ...value };
  for (const key of Object.keys(own)) {
    const inner = own[key];
    if (typeof inner === 'object') own[key] = copy(inner);
  }
  return Object.freeze(own);
}
