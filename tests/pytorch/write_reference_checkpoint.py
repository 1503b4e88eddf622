"""Writes reference_checkpoint.pth: a tiny UniSRec, fine-tuned in the inductive setting, as RecBole saves it.

Run with Python and any PyTorch from 1.11 on:

    python3 tests/pytorch/write_reference_checkpoint.py tests/pytorch/reference_checkpoint.pth

RecBole is not needed: classes with the names that it puts into a checkpoint stand in for it. The optimiser is a real
one after a real step. Value i of a tensor is the sum of the bytes of its name, plus i / 128: float32 holds that exactly.
"""

import enum
import sys
import types

import numpy
import torch
from torch import nn

MAX_LENGTH, FEATURES, HIDDEN, INNER, LAYERS, EXPERTS, ITEMS = 3, 4, 2, 3, 1, 2, 5


def stand_in(module, name, base=object, members=None):
    """Makes a class that pickle writes under the given name."""
    made = Enum(name, members) if members else type(name, (base,), {})
    made.__module__ = module
    for depth in range(1, module.count(".") + 2):
        package = ".".join(module.split(".")[:depth])
        sys.modules.setdefault(package, types.ModuleType(package))
    setattr(sys.modules[module], name, made)
    return made


class Enum(enum.Enum):
    """Pickled by value, as in all versions of Python but 3.11."""

    def __reduce_ex__(self, protocol):
        return self.__class__, (self.value,)


Config = stand_in("recbole.config.configurator", "Config")
ModelType = stand_in("recbole.utils.enum_type", "ModelType", members={"SEQUENTIAL": 2})
InputType = stand_in("recbole.utils.enum_type", "InputType", members={"POINTWISE": 1})
FullLoader = stand_in("yaml.loader", "FullLoader")
UniSRec = stand_in("unisrec", "UniSRec", base=nn.Module)


class Expert(nn.Module):
    def __init__(self):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(FEATURES))
        self.lin = nn.Linear(FEATURES, HIDDEN, bias=False)


class Adaptor(nn.Module):
    def __init__(self):
        super().__init__()
        self.experts = nn.ModuleList(Expert() for _ in range(EXPERTS))
        self.w_gate = nn.Parameter(torch.zeros(FEATURES, EXPERTS))
        self.w_noise = nn.Parameter(torch.zeros(FEATURES, EXPERTS))


def encoder_layer():
    attention = {name: nn.Linear(HIDDEN, HIDDEN) for name in ("query", "key", "value", "dense")}
    return nn.ModuleDict({
        "multi_head_attention": nn.ModuleDict({**attention, "LayerNorm": nn.LayerNorm(HIDDEN)}),
        "feed_forward": nn.ModuleDict({
            "dense_1": nn.Linear(HIDDEN, INNER),
            "dense_2": nn.Linear(INNER, HIDDEN),
            "LayerNorm": nn.LayerNorm(HIDDEN),
        }),
    })


def build_model():
    model = UniSRec()
    model.item_embedding = None
    model.position_embedding = nn.Embedding(MAX_LENGTH, HIDDEN)
    model.trm_encoder = nn.ModuleDict({"layer": nn.ModuleList(encoder_layer() for _ in range(LAYERS))})
    model.LayerNorm = nn.LayerNorm(HIDDEN)
    model.plm_embedding = nn.Embedding(ITEMS, FEATURES)
    model.moe_adaptor = Adaptor()
    return model


def build_config():
    config = Config()
    config.parameters = {"General": ["gpu_id", "use_gpu"], "Training": ["epochs"]}
    config.yaml_loader = FullLoader
    config.model, config.model_class, config.dataset = "UniSRec", UniSRec, "Scientific"
    config.final_config_dict = {
        "MODEL_TYPE": ModelType.SEQUENTIAL,
        "MODEL_INPUT_TYPE": InputType.POINTWISE,
        "device": torch.device("cpu"),
        "adaptor_layers": [FEATURES, HIDDEN],
        "n_exps": EXPERTS,
        "lambda": 1e-3,
        "seed": 2020,
        "valid_metric": "NDCG@10",
        "show_progress": True,
        "nproc": None,
    }
    return config


def main(path):
    model = build_model()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    sum(parameter.square().sum() for parameter in model.parameters()).backward()
    optimizer.step()
    for name, tensor in model.state_dict().items():
        tensor.copy_((sum(name.encode()) + torch.arange(tensor.numel()) / 128).reshape(tensor.shape))
    torch.save({
        "config": build_config(),
        "epoch": 17,
        "cur_step": 0,
        "best_valid_score": numpy.float64(0.0612),
        "state_dict": model.state_dict(),
        "other_parameter": {},
        "optimizer": optimizer.state_dict(),
    }, path)


if __name__ == "__main__":
    main(sys.argv[1])
