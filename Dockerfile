# gouji 勾稽 with LibreOffice; how to build and use it: docs/docker.md
ARG BASE=python:3.12-slim-bookworm

FROM ${BASE} AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY validator validator
COPY rules rules
RUN python -m pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
  && python -m venv /opt/gouji \
  && /opt/gouji/bin/python -m pip install --no-cache-dir /wheels/gouji-*.whl

FROM ${BASE}
ARG REVISION=
LABEL org.opencontainers.image.title="gouji 勾稽" \
  org.opencontainers.image.description="查公开的部门预决算报告里的数字" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.revision="${REVISION}"
# git is for --since.
RUN apt-get update \
  && apt-get install -y --no-install-recommends \
    fonts-wqy-zenhei git libreoffice-calc-nogui libreoffice-writer-nogui \
  && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/gouji /opt/gouji
# All that is ever written, by LibreOffice too, is under /tmp: the rest may be read-only.
ENV PATH=/opt/gouji/bin:$PATH \
  HOME=/tmp \
  LANG=C.UTF-8 \
  PYTHONDONTWRITEBYTECODE=1 \
  GIT_CONFIG_COUNT=1 \
  GIT_CONFIG_KEY_0=safe.directory \
  GIT_CONFIG_VALUE_0=/data
WORKDIR /data
USER 10001:10001
ENTRYPOINT ["gouji"]
CMD ["--help"]
