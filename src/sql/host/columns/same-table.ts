/** Whether two names may name one table: without a schema, a name may be of any schema. */
export function isSameTable(one: string, other: string): boolean {
  const [name, schema] = one.toLowerCase().split('.').reverse();
  const [otherName, otherSchema] = other.toLowerCase().split('.').reverse();
  if (name !== otherName) return false;
  return schema === undefined || otherSchema === undefined || schema === otherSchema;
}
