"""Finds the text features that the reference's FDSA numbers (fdsa.json) were computed with: they are not stored there.

The authors' FDSA draws its table of text vectors anew from N(0, 0.02) at the start: `_init_weights` runs over every
embedding, that of the texts included. So `plm_embedding` is not what it read.

The reference's outputs and a few gradients of the feature stream determine what each item's features become after the
linear layer and the ReLU (least squares, 140 equations for 90 unknowns, met to 4e-10). Of all features that become
this, and give the linear layer its gradient, the smallest are taken: 99 of 240 directions stay open. Nothing that is
compared depends on them but the linear layer's weight after the second Adam step. The loss, all other gradients and
the Adam steps are not used here: tests/fdsa_parity_test.ts compares them.

Run: python3 tests/golden/recover_fdsa_features.py (NumPy and SciPy; some minutes)
"""

import json
import pathlib

import numpy as np
from scipy.optimize import least_squares
from scipy.special import erf

here = pathlib.Path(__file__).parent
golden = json.loads((here / "fdsa.json").read_text())
weights = {name: np.array(values)[None] for name, values in golden["weights"].items()}
gradients = {name: np.array(values) for name, values in golden["grads"].items()}
batch, sizes = golden["batch"], golden["sizes"]
hidden, heads = sizes["hidden"], sizes["heads"]
sequences = [row[:length] for row, length in zip(batch["item_id_list"], batch["item_length"])]
items = sorted({item for row in sequences for item in row})
slots = [items.index(item) for row in sequences for item in row]  # the item of each slot, by its place in `items`
kernel, bias = (weights[f"adapter.mlp_layers.1.{kind}"][0] for kind in ("weight", "bias"))
# the other columns of the linear layer are below 0 for every item: the reference's gradient of their bias is 0
columns = np.flatnonzero(gradients["adapter.mlp_layers.1.bias"])

# Every array has a leading axis: one copy of the model for each number that is shifted, or a single one.


def linear(x, p, name):
    return np.matmul(x, p[f"{name}.weight"].swapaxes(-1, -2)) + p[f"{name}.bias"][:, None]


def norm(x, p, name):
    centred = x - x.mean(-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + sizes["ln_eps"])
    return scaled * p[f"{name}.weight"][:, None] + p[f"{name}.bias"][:, None]


def encode(x, p, name):
    length, width = x.shape[-2], hidden // heads
    mask = np.where(np.tri(length), 0, -10000)
    for index in range(sizes["layers"]):
        layer = f"{name}.layer.{index}"
        query, key, value = (linear(x, p, f"{layer}.multi_head_attention.{part}") for part in ("query", "key", "value"))
        mixed = []
        for head in range(heads):
            part = np.s_[..., head * width : (head + 1) * width]
            scores = np.exp(np.matmul(query[part], key[part].swapaxes(-1, -2)) / np.sqrt(width) + mask)
            mixed.append(np.matmul(scores / scores.sum(-1, keepdims=True), value[part]))
        attended = linear(np.concatenate(mixed, -1), p, f"{layer}.multi_head_attention.dense")
        x = norm(x + attended, p, f"{layer}.multi_head_attention.LayerNorm")
        inner = linear(x, p, f"{layer}.feed_forward.dense_1")
        inner = inner * (1 + erf(inner / np.sqrt(2))) / 2
        x = norm(x + linear(inner, p, f"{layer}.feed_forward.dense_2"), p, f"{layer}.feed_forward.LayerNorm")
    return x


def forward(p, projected, shift=None):
    """Returns the sequence outputs and the loss; `shift` is added to the projected features, slot by slot."""
    outputs, loss, first = [], 0, 0
    for row, target in zip(sequences, batch["item_id"]):
        last = first + len(row)
        positions = p["position_embedding.weight"][:, : len(row)]
        features = projected[None, slots[first:last]] + (0 if shift is None else shift[:, first:last])
        first = last
        streams = {"item": p["item_embedding.weight"][:, row], "feature": features}
        encoded = [
            encode(norm(x + positions, p, "LayerNorm"), p, f"{name}_trm_encoder")[:, -1:] for name, x in streams.items()
        ]
        joined = np.concatenate(np.broadcast_arrays(*encoded), -1)
        output = norm(linear(joined, p, "concat_layer"), p, "LayerNorm")[:, 0]
        scores = np.einsum("bh,bih->bi", output, p["item_embedding.weight"])
        loss = loss + np.log(np.exp(scores).sum(-1)) - scores[:, target]
        outputs.append(output)
    return np.concatenate(outputs), loss / len(sequences)


def shifted(values, step=1e-30):
    """Returns a copy of the values for each of them, with an imaginary step there."""
    return values + 1j * step * np.eye(values.size).reshape((-1,) + values.shape)


def derivative(loss, shape, step=1e-30):
    """Returns the gradient from the losses of shifted copies, exact to rounding."""
    return (loss.imag / step).reshape(shape)


def gradient(name, projected):
    _, loss = forward({**weights, name: shifted(weights[name][0])}, projected)
    return derivative(loss, weights[name].shape[1:])


def in_all_columns(values):
    projected = np.zeros((len(items), hidden))
    projected[:, columns] = values.reshape(len(items), len(columns))
    return projected


layer = "feature_trm_encoder.layer.0"
fitted = ["position_embedding.weight", "LayerNorm.weight", "LayerNorm.bias"] + [
    f"{layer}.{name}"
    for name in (
        "multi_head_attention.query.bias",
        "multi_head_attention.value.bias",
        "multi_head_attention.LayerNorm.weight",
        "feed_forward.dense_1.bias",
    )
]


def residuals(values):
    projected = in_all_columns(values)
    outputs, _ = forward(weights, projected)
    differences = [gradient(name, projected) - gradients[name] for name in fitted]
    return np.concatenate([np.ravel(part) for part in [outputs - np.array(golden["seq_output"]), *differences]])


start = np.tile(np.maximum(0, bias)[columns], len(items))
fit = least_squares(residuals, start, method="lm", x_scale=0.03, ftol=1e-15, xtol=1e-15, gtol=1e-15)
print(f"fit: {len(fit.fun)} equations, {len(fit.x)} unknowns, largest difference {np.abs(fit.fun).max():.1e}")
projected = in_all_columns(np.where(np.abs(fit.x) < 1e-7, 0, fit.x))
active = projected > 0

# linear equations of the features: what they become, and the gradient of the linear layer's weight
_, loss = forward(weights, projected, shifted(np.zeros((len(slots), hidden))))
towards = derivative(loss, (len(slots), hidden)) * active[slots]
summed = np.zeros((len(items), hidden))
np.add.at(summed, slots, towards)
unknown = np.eye(len(items) * sizes["plm"]).reshape(-1, len(items), sizes["plm"])
becomes = np.stack([(features @ kernel.T)[active] for features in unknown], -1)
gives = np.stack([(summed.T @ features)[columns].ravel() for features in unknown], -1)
left = np.concatenate([becomes, gives])
right = np.concatenate([(projected - bias)[active], gradients["adapter.mlp_layers.1.weight"][columns].ravel()])
solution, _, rank, _ = np.linalg.lstsq(left, right, rcond=1e-9)
features = solution.reshape(len(items), sizes["plm"])
print(f"features: {left.shape[0]} equations of rank {rank}, largest difference {np.abs(left @ solution - right).max():.1e}")
print(f"standard deviation {features.std():.4f}; of N(0, 0.02) it would be {0.02 * np.sqrt(rank / solution.size):.4f}")
assert (features @ kernel.T + bias)[~active].max() < 0, "what the ReLU cuts stays cut"

table = np.zeros((sizes["n_items"], sizes["plm"]))
table[items] = features
rows = ",\n".join("  " + json.dumps([float(f"{value:.9g}") for value in row]) for row in table)
(here / "fdsa_features.json").write_text(f"[\n{rows}\n]\n")
