"""The synchronous heart of a worker: a request goes in, what was read comes out."""

from __future__ import annotations

import cv2
from PIL import Image

from bot.recognition.embedded import models, pipeline
from bot.recognition.embedded.messages import Done, Request
from bot.recognition.photo import Photo


class Engine:
    """Loaded models, for one thread at a time.

    Args:
        threads: processors that one photo may use.
    """

    def __init__(self, threads: int) -> None:
        cv2.setNumThreads(threads)
        self._models = models.load(threads)

    def answer(self, request: Request) -> Done:
        """Read the page that was asked for, or tell which one the photo shows.

        Raises:
            PhotoError: as `pipeline.read` does.
        """
        image = Image.frombuffer("RGB", request.size, request.pixels)
        photo = Photo(image, *request.sent)
        if request.document_type is None:
            return Done(page=pipeline.classify(self._models, photo))
        read = pipeline.read(self._models, photo, request.document_type)
        return Done(fields=read.fields, quality=read.quality, notes=read.notes)
