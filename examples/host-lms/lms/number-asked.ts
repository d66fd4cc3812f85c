/** Whether the user typed the requested number, as shown or as digits only. */
export function isNumberAsked(typed: string, asked: number): boolean {
  return typed.replace(/[\s.,]/g, '') === String(asked);
}
