"""Networks that are watched: what they cost, and one answer for the same strip.

Both stand in the place of `models.Network` and keep its answers as they are.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import fields, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from bot.recognition.embedded.models import Network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    import numpy.typing as npt

    from bot.recognition.embedded.models import Models

    Values = npt.NDArray[np.float32]
    Running = Callable[[Network, Values], Values]


class Watched:
    """A network that somebody else runs.

    Args:
        network: the one to be watched.
        run: gets the network and a batch, and answers for it.
    """

    def __init__(self, network: Network, run: Running) -> None:
        self._network = network
        self._run = run

    def run(self, batch: Values) -> Values:
        """As `models.Network.run`."""
        return self._run(self._network, batch)


def watched(loaded: Models, run: Running) -> Models:
    """The same models, each network run by somebody else."""
    networks = {
        one.name: Watched(getattr(loaded, one.name), run)
        for one in fields(loaded)
        if isinstance(getattr(loaded, one.name), Network)
    }
    return replace(loaded, **networks)  # type: ignore[arg-type]


class Ledger:
    """Runs a network once for the same batch, and charges for it as often as it is asked.

    So a photo can be read in thirty ways, most of which run the same networks over the same
    strips, in the time of ten; and CPU seconds differ by what was done, not by chance.
    """

    def __init__(self) -> None:
        self._answers: dict[tuple[Network, tuple[int, ...], bytes], tuple[Values, float]] = {}
        self._charged = 0.0
        self._learning = True

    @contextmanager
    def learning(self) -> Iterator[None]:
        """Forget everything, and remember what is asked in here: the rest is hardly asked twice."""
        self._answers.clear()
        self._learning = True
        yield
        self._learning = False

    def run(self, network: Network, batch: Values) -> Values:
        """The network's answer, from memory where it is known."""
        begun = time.process_time()
        key = network, batch.shape, blake2b(batch.tobytes()).digest()
        known = self._answers.get(key)
        if known is None:
            before = time.process_time()
            answer = network.run(batch)
            known = answer, time.process_time() - before
            if self._learning:
                self._answers[key] = known
        answer, cost = known
        self._charged += cost - (time.process_time() - begun)
        return answer

    def seconds(self) -> float:
        """CPU seconds as they would be if every network had run whenever it was asked."""
        return time.process_time() + self._charged
