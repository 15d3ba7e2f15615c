"""The three networks, found inside the `rapidocr` wheel and loaded with onnxruntime.

The wheel is only the carrier: none of its code runs, for its own pipeline costs twice the time
and memory, and downloads whatever it misses. Models: Apache-2.0, © Baidu/PaddleOCR; see
`MODEL_LICENSES.md` in that wheel.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import onnxruntime

from bot.recognition.embedded import memory

if TYPE_CHECKING:
    import numpy.typing as npt

_FILES: Final = {
    "detector": "PP-OCRv6_det_small.onnx",
    "reader": "PP-OCRv6_rec_small.onnx",
    "turner": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}

RARE: Final = 0.1
"""Weight of a character that a mainland page hardly ever prints; see `_weight`."""

_SIGNS: Final = frozenset({0xA1, 0xA3})  # rows of GB 2312: punctuation, full-width ASCII
_IDEOGRAPHS: Final = 0xB0  # its first row of ideographs; between are kana, Greek, Cyrillic …


class Network:
    """One onnxruntime session with one input and one output."""

    def __init__(self, path: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Every photo has other shapes: what is planned for one does not fit the next.
        options.enable_mem_pattern = False
        options.add_session_config_entry("session.use_env_allocators", "1")
        self._options = memory.shared()
        # Waiting threads must not burn the processor the bot itself needs.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session: Any = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        self._input: str = self._session.get_inputs()[0].name

    def run(self, batch: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The network's answer for N×3×H×W values of -1…1."""
        answer: npt.NDArray[np.float32] = self._session.run(
            None, {self._input: batch}, self._options
        )[0]
        return answer

    @property
    def characters(self) -> list[str]:
        """The characters stored in the model's metadata, one a line."""
        metadata = self._session.get_modelmeta().custom_metadata_map
        return str(metadata["character"]).split("\n")


@dataclass(frozen=True, slots=True, eq=False)
class Models:
    """What is loaded once and used for every photo.

    Attributes:
        detector: photo -> probability of text at each pixel.
        reader: 48-pixel-high strips -> probabilities of characters at each step.
        turner: strips -> probabilities of 0 and 180 degrees.
        alphabet: the character of each column of `reader`; column 0 is CTC's blank.
        weights: how believable each column is on a page printed in mainland China.
    """

    detector: Network
    reader: Network
    turner: Network
    alphabet: tuple[str, ...]
    weights: npt.NDArray[np.float32]


def load(threads: int) -> Models:
    """Load the three networks; about 0.3 s and 70 MiB.

    Raises:
        FileNotFoundError: the `rapidocr` wheel or one of its models is missing.
    """
    folder = _folder()
    networks = {name: Network(folder / file, threads) for name, file in _FILES.items()}
    alphabet = _alphabet(networks["reader"].characters)
    weights = np.array([_weight(character) for character in alphabet], np.float32)
    return Models(**networks, alphabet=alphabet, weights=weights)


def _folder() -> Path:
    spec = importlib.util.find_spec("rapidocr")  # finds the files without running the package
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the rapidocr wheel, which carries the models, is not installed")
    return Path(spec.origin).parent / "models"


def _alphabet(characters: list[str]) -> tuple[str, ...]:
    """CTC's blank before the model's own characters, and the space after them."""
    own = characters[:-1] if characters[-1] == "" else characters
    return ("", *own, " ")


def _weight(character: str) -> float:
    """Full belief for ASCII, the ideographs of GB 2312 and a few signs; little for the rest.

    The model knows traditional, Japanese and Korean print and takes 區 for 区 at full score. A
    rare name such as 喆 stays possible: it wins wherever the model sees nothing else.
    """
    if len(character) != 1 or character.isascii() or character in "×·•—–":
        return 1.0
    try:
        row = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return RARE
    return 1.0 if row in _SIGNS or row >= _IDEOGRAPHS else RARE
