import { readCsv } from './read-csv.js';

/** Where an employee works and in which role. Absent before they are hired and after they leave. */
export interface Post {
  readonly department?: string | undefined;
  readonly jobTitle?: string | undefined;
}

interface Row {
  readonly value: string;
  readonly from: string;
  readonly to: string;
}

/** The history of 10,000 employees: the post of each on a date, and the dates on which posts may change. */
export class Employees {
  readonly #departments = new Map<string, Row[]>();
  readonly #titles = new Map<string, Row[]>();
  readonly #bounds = new Map<string, Set<string>>();

  constructor() {
    const names = new Map(
      readCsv<'dept_no' | 'dept_name'>('employees-10k/departments').map((row) => [row.dept_no, row.dept_name]),
    );
    type Dates = 'emp_no' | 'from_date' | 'to_date';
    for (const row of readCsv<Dates | 'dept_no'>('employees-10k/dept_emp'))
      this.#add(this.#departments, row, names.get(row.dept_no)!);
    for (const row of readCsv<Dates | 'title'>('employees-10k/titles')) this.#add(this.#titles, row, row.title);
  }

  /** Everyone who was ever hired. */
  get ids(): string[] {
    return [...this.#departments.keys()];
  }

  /** Every date on which a row begins or ends, in order. */
  get dates(): string[] {
    return [...this.#bounds.keys()].sort();
  }

  /** The employees with a row that begins or ends on the date. */
  concerned(date: string): string[] {
    return [...this.#bounds.get(date)!];
  }

  /** The post of an employee on a date: a row is valid from its first day to the day before its last. */
  asOf(id: string, date: string): Post {
    const on = (rows: Row[] = []): string | undefined => rows.find(({ from, to }) => from <= date && date < to)?.value;
    return { department: on(this.#departments.get(id)), jobTitle: on(this.#titles.get(id)) };
  }

  #add(table: Map<string, Row[]>, row: { emp_no: string; from_date: string; to_date: string }, value: string): void {
    const { emp_no: id, from_date: from, to_date: to } = row;
    table.set(id, [...(table.get(id) ?? []), { value, from, to }]);
    for (const date of [from, to]) {
      // A row that is still valid ends on a date in the far future.
      if (date !== '9999-01-01') this.#bounds.set(date, (this.#bounds.get(date) ?? new Set()).add(id));
    }
  }
}
