/** What stands below each figure, every mark of it explained; by the name under which it is saved. */
const captions: Readonly<Record<string, string>> = {
  "figure-1":
    "The framework of UniSRec with the sizes of the model that was trained: above, how sequences of the sources become vectors " +
    "and the two tasks of pre-training; below, the two settings of fine-tuning. Grey dashed parts are not trained here, blue " +
    "ones are; orange boxes are what they are trained for.",
  "figure-2":
    "Test NDCG@10 by what UniSRec was pre-trained on. Small rings are single runs, the large dot is their mean, the bar one " +
    "standard deviation to either side, where there is more than one run. The axis does not start at 0.",
  "figure-3":
    "Test NDCG@10 of UniSRec and of variants that lack a part. Small rings are single runs, the large dot is their mean, the " +
    "bar one standard deviation to either side, where there is more than one run. The axis does not start at 0.",
  "figure-4":
    "Above, how much better than the baseline each system is on test items of each popularity, in per cent; vertical lines " +
    "hold 95 % of bootstrap resamples of the users, a hollow mark has no such interval. Below, the test interactions of each " +
    "group.",
  "figure-5":
    "One transition in two shops: what a user of a source and a user of the target chose, in the order of time, and what two " +
    "models recommend to the latter. Blue frames mark the start of the transition, orange ones its end, grey ones other items.",
  "figure-against-paper":
    "Ours against the paper's numbers, system by system. The ring is the paper's number and the dot ours; a solid blue line " +
    "joins them where ours is higher, a dashed orange one where it is lower. The axis does not start at 0.",
  "figure-architecture":
    "What UniSRec t+ID is made of, drawn from the model that was trained: every box is a part, with its tensors below its name " +
    "and the number of its parameters on the right. Blue boxes are trained in fine-tuning, grey dashed ones stay as " +
    "pre-training left them, white ones hold what is computed.",
  "figure-comparison-curves":
    "Training loss (left) and NDCG@10 on the validation items (right) after each epoch, a line for each training. Losses " +
    "of different systems are of different tasks and cannot be compared.",
  "figure-learning-curves":
    "Training loss (left) and NDCG@10 on the validation items (right) after each epoch, a line for each training.",
  "figure-order":
    "What becomes of NDCG@10 when the order of histories is shuffled, a panel for each system. The dot is the metric on the " +
    "test items, the bar holds 95 % of bootstrap resamples of the users, the dashed line stands where histories in order are.",
  "figure-own-data-learning-curve":
    "Training loss (left) and NDCG@10 on the validation items (right) after each epoch of training on the catalogue.",
  "figure-gates":
    "Mean weight of each expert in each domain. Pale cells are near the weight that all would have if none were preferred; " +
    "orange is more, purple less.",
  "figure-hit-overlap":
    "Which test items two systems find both, and which only one of them: of each group of users the shares in per cent, one " +
    "above the other, with the number of users above; a column for each pair of systems, a row for each way to group users.",
  "figure-isotropy":
    "Left, the singular values of the item vectors, each as a share of the largest: the flatter, the more isotropic. Right, how " +
    "the cosines of pairs of items are distributed. A line for each kind of item vectors.",
  "figure-item-map":
    "Items as points on a plane that is common to all domains, in the colour of their domain; a panel for each kind of item " +
    "vectors. Of large domains 1,200 items are shown.",
  "figure-negatives":
    "Which instances of a batch are each other's negatives in pre-training: rows are queries, columns the items they might be " +
    "followed by. Green is the item that does follow, blue a negative of the same domain, orange one of another domain, grey " +
    "what is left out because item or user is the same.",
  "figure-popularity":
    "Interactions of each item against its rank by popularity, both on logarithmic scales; a line for each domain.",
  "figure-pretraining-losses":
    "Loss of the two pre-training tasks by epoch, a panel for each task and a line for each domain.",
  "figure-sequence-lengths":
    "Share of users with at least n interactions; n is on a logarithmic scale. A line for each domain.",
};

/** Returns what a figure shows, with all of its marks; a plain title where nothing is known of it. */
export function captionOf(name: string): string {
  return captions[name] ?? `${titleOf(name)}.`;
}

/** Makes a title of the name under which something is saved. */
export function titleOf(name: string): string {
  const words = name.replace(/^(figure|table)-(?=[a-z])/, "").replaceAll("-", " ");
  return words[0].toUpperCase() + words.slice(1);
}
