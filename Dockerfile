# The bot in a container; docs/drift.md tells how it is run. No secret belongs in here: the token comes as a file at run time.

FROM rust:1.95-slim-bookworm AS builder
RUN apt-get update \
    && apt-get install -y --no-install-recommends build-essential libssl-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN cargo build --release --locked --bin referent

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libssl3 \
    && rm -rf /var/lib/apt/lists/*
# The number is fixed, so that files on the host can be given to it.
RUN groupadd --gid 10001 referent \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/referent --shell /usr/sbin/nologin referent \
    && install -d -o referent -g referent -m 0700 /var/lib/referent
COPY --from=builder /build/target/release/referent /usr/local/bin/referent
# bot.toml is looked for in the working folder; it is mounted here.
WORKDIR /etc/referent
USER 10001:10001
VOLUME /var/lib/referent
STOPSIGNAL SIGTERM
# The start may take long when the search index of a large archive is made again.
HEALTHCHECK --interval=30s --timeout=10s --start-period=10m --retries=3 CMD ["referent", "doctor", "--alive"]
ENTRYPOINT ["referent"]
