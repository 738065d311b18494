# The command in an image of its own:
#   docker build --tag verbatim-summarizer .
#   docker run --rm --network none --volume "$PWD/seeds:/data:ro" verbatim-summarizer --words 150 .
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE constraints.txt ./
COPY models models
COPY summarizer summarizer
RUN python -m venv /opt/summarizer \
 && /opt/summarizer/bin/pip install --no-cache-dir --constraint constraints.txt .

FROM python:3.13-slim
COPY --from=build /opt/summarizer /opt/summarizer
# Files of strangers are read by a user who owns nothing.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin summarizer
USER 10001
WORKDIR /data
ENTRYPOINT ["/opt/summarizer/bin/summarize"]
CMD ["--help"]
