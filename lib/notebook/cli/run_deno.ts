/** Runs this Deno with other arguments, its output being this one's, and tells whether it succeeded. */
export async function runDeno(...args: string[]): Promise<boolean> {
  return (await new Deno.Command(Deno.execPath(), { args }).spawn().status).success;
}
