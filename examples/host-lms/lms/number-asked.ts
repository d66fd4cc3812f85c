/** Whether somebody typed the number that they were asked for, as it is shown or in digits alone. */
export function isNumberAsked(typed: string, asked: number): boolean {
  return typed.replace(/[\s.,]/g, '') === String(asked);
}
