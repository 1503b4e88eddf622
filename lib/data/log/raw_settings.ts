/** How raw interactions become a domain, as in the paper; part of what names a cached result. */
export const rawSettings = {
  /** Every user and every item keeps at least this many interactions. */
  core: 5,
  /** Orders what happened at one moment. */
  tieSeed: 2022,
  /** To be raised whenever the readers make something else of the same files. */
  version: 2,
} as const;
