/** The results of one section of the benchmark. */
export interface Findings {
  readonly tables: readonly Table[];
  readonly targets?: readonly Target[];
  readonly bars?: readonly Bars[];
  readonly curves?: readonly Curve[];
  /** The versions of the peers that were measured. */
  readonly versions?: readonly string[];
}

export interface Table {
  readonly title: string;
  readonly note?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A target value and the measured one. */
export interface Target {
  readonly what: string;
  readonly goal: string;
  readonly measured: string;
  readonly reached: boolean;
}

/** Costs of one item, for the plot. */
export interface Bars {
  readonly title: string;
  readonly bars: readonly { readonly name: string; readonly microseconds: number }[];
}

/** Cost against size, for the plot. */
export interface Curve {
  readonly name: string;
  readonly exponent: number;
  readonly points: readonly (readonly [size: number, cost: number])[];
}
