/** How the authors train, in pre-training and in fine-tuning (Section 3.1.4); the seed is the released code's. */
export const referenceSettings = {
  learningRate: 1e-3,
  /** Next-item predictions per step. */
  batchSize: 2048,
  /** The most epochs; early stopping usually ends sooner. */
  epochs: 300,
  /** Epochs without a better NDCG@10 on the validation items, after which training ends. */
  patience: 10,
  seed: 2020,
};
