# A built release tree in a small image. The context is a folder that holds `tuku/` as in a release tarball
# (tuku, site/), built on Debian 12 or older:
#   mkdir -p dist/tuku && tar -C dist/tuku --strip-components=1 -xzf tuku-v1.0.0-x86_64-linux.tar.gz
#   docker build -f Dockerfile -t tuku dist
#   docker run -p 3000:3000 -v tuku-data:/data tuku
FROM debian:bookworm-slim

# Certificates are for talking to a bucket elsewhere.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin tuku

COPY tuku /opt/tuku

ENV TUKU_DATA_DIR=/data \
    TUKU_ADDR=0.0.0.0:3000
VOLUME /data
EXPOSE 3000
USER tuku
WORKDIR /data
ENTRYPOINT ["/opt/tuku/tuku"]
CMD ["serve"]
