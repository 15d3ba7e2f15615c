# The bot in a small image: no compiler, no test tools, no root.
#   docker build -t licence-bot .
#   docker run --read-only -v licence-bot:/data -e BOT_TELEGRAM__TOKEN=… licence-bot

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/bot
WORKDIR /source
COPY requirements.lock ./
RUN /opt/bot/bin/pip install --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY locales locales
RUN /opt/bot/bin/pip install --no-deps --no-build-isolation . \
    && /opt/bot/bin/python -m compileall -q /opt/bot/lib

FROM python:3.13-slim
LABEL org.opencontainers.image.title="licence-bot" \
      org.opencontainers.image.licenses="MIT"
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin bot \
    && install --directory --owner=10001 --mode=0700 /data
COPY --from=build /opt/bot /opt/bot
ENV PATH=/opt/bot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BOT_LOG__FORMAT=json \
    BOT_DATABASE_URL=sqlite:////data/bot.db \
    BOT_HEALTH__PORT=8080
VOLUME /data
USER 10001
WORKDIR /
# Healthy while the bot answers, and Telegram answers the bot.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["licence-bot", "alive"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["licence-bot"]
CMD ["run"]
