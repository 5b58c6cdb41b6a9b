/** Mutants that no recording of a Linux kernel can tell from the model, by name, each with the reason. */
export const equivalents: Readonly<Record<string, string>> = {}
