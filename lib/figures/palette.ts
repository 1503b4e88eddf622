/** Okabe and Ito's colours, told apart with every kind of colour vision; black and yellow left out. */
export const palette: readonly string[] = [
  "#0072b2", // blue
  "#d55e00", // vermilion
  "#009e73", // bluish green
  "#cc79a7", // reddish purple
  "#e69f00", // orange
  "#56b4e9", // sky blue
];

/** The colour of text, axes and grids. */
export const ink = "#222222";
