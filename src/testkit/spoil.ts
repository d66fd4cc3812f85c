/** Changes everything in a result that can be changed; frozen objects stay unchanged. */
export function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) spoil(inner);
  if (Array.isArray(value)) Reflect.set(value, value.length, 'spoilt');
  else
    for (const key of Object.keys(value))
      if (typeof Reflect.get(value, key) === 'string') Reflect.set(value, key, 'spoilt');
}
