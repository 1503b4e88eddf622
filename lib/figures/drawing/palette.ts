/**
 * Okabe and Ito's colours, told apart with every kind of colour vision; black and yellow left out.
 *
 * Light and dark ones take turns, so that neighbours differ in grey, too.
 */
export const palette: readonly string[] = [
  "#0072b2", // blue
  "#e69f00", // orange
  "#009e73", // bluish green
  "#56b4e9", // sky blue
  "#d55e00", // vermilion
  "#cc79a7", // reddish purple
];

/** Dashes of the lines in the palette's colours: what colour says, they say again in grey. */
export const dashes: readonly string[] = ["none", "7 3", "2 2", "8 2 2 2", "12 3", "5 2 1 2 1 2"];

/** The colour of text, axes and grids. */
export const ink = "#222222";
