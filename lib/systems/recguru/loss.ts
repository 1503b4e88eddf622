import * as tf from "@tensorflow/tfjs";
import type { RecGuruNetwork } from "./model.ts";
import { domainCrossEntropy } from "../../nn/losses/domain_cross_entropy.ts";
import { itemCrossEntropy } from "../../nn/losses/item_cross_entropy.ts";
import { reverseGradient } from "../../nn/reverse_gradient.ts";
import { atSegmentEnds } from "../../nn/segment_ends.ts";
import type { Loss } from "../../training/step.ts";

/** Weights of what RecGURU is pre-trained to do. */
export interface RecGuruTasks {
  /** Predicting the next item among the batch's items of the same domain. */
  nextItem: number;
  /** Telling which item stood where, from the representation of the user. */
  reconstruction: number;
  /** λ, with which the encoder unlearns what the domain discriminator learns; 0 for no adversary. */
  adversarial: number;
}

/**
 * The next item first, as fine-tuning goes on with it.
 *
 * On the sample's first target (validation NDCG@10, mean of two seeds) fine-tuning from these weights reached 0.470, from
 * equal ones 0.400, from the autoencoder and its adversary alone 0.363, and from scratch 0.412.
 */
export const defaultRecGuruTasks: RecGuruTasks = { nextItem: 1, reconstruction: 0.1, adversarial: 0.1 };

/**
 * Makes the loss of pre-training RecGURU on several domains with items of their own.
 *
 * From the paper: an autoencoder of sequences whose middle represents the user, a discriminator that tries to tell the
 * user's domain from it, an encoder that is trained against it, and the recommendation task beside them. Our reading: the
 * representation is the causal encoder's output at the last item, so that fine-tuning can go on from it; the decoder does
 * not see the items before the one it tells; and the discriminator's gradient reaches the encoder with the other sign,
 * times λ, so that one step trains both, where the original takes turns. Its constraint on users who are in two domains
 * has no place where there are none.
 *
 * Items are told among the batch's items of the same domain: were those of others candidates too, the representation
 * would have to say what the discriminator must not know. Beside `loss` it returns the means of `nextItem`,
 * `reconstruction` and `domain`, the discriminator's.
 *
 * @param domains how many there are
 */
export function recguruLoss(
  { model, decode, discriminate }: RecGuruNetwork,
  tasks: RecGuruTasks,
  domains: number,
): Loss {
  return (parameters, inputs, noise) => {
    const { items, positions, segments, targets, weights, rowDomains, queryDomains } = inputs;
    const queries = inputs.queries as tf.Tensor1D;
    const all = model.itemTable(parameters, null, noise); // [items, hidden]
    const table = tf.gather(all, inputs.rows as tf.Tensor1D); // [rows, hidden]
    const encoded = model.encode(table, { items, positions, segments }, parameters, noise); // [slots, hidden]
    const tell = (from: tf.Tensor, told: tf.Tensor) =>
      domainCrossEntropy(
        model.asQueries(from, parameters),
        model.asCandidates(table, parameters),
        told,
        weights,
        { queries: queryDomains, candidates: rowDomains },
        domains,
      );
    const nextItem = tell(tf.gather(encoded, queries), targets);
    const users = atSegmentEnds(encoded, segments, model.maxLength); // [slots, hidden]
    const decoded = decode(tf.gather(users, queries), tf.gather(positions, queries), parameters, noise);
    const reconstruction = tell(decoded, inputs.ownItems);
    const domain = itemCrossEntropy(
      discriminate(reverseGradient(users, tasks.adversarial), parameters),
      parameters["discriminator.domains"],
      inputs.slotDomains,
      inputs.endWeights,
    );
    const weighted = tf.add(tf.mul(nextItem, tasks.nextItem), tf.mul(reconstruction, tasks.reconstruction));
    return { loss: tf.add(weighted, domain), nextItem, reconstruction, domain };
  };
}
