/** Changes everything in a result that can be changed; frozen objects stay unchanged. */
export function mutateDeeply(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) mutateDeeply(inner);
  if (Array.isArray(value)) Reflect.set(value, value.length, 'changed');
  else
    for (const key of Object.keys(value))
      if (typeof Reflect.get(value, key) === 'string') Reflect.set(value, key, 'changed');
}
