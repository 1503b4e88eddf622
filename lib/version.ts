import config from "../deno.json" with { type: "json" };

/** The version of this library, which files that it writes carry. */
export const version: string = config.version;
