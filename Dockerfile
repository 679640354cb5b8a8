# One image for the portal, the workers and the sweeper; docker-compose.yml says which command each runs.
FROM node:20-bookworm-slim AS front
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY web/vendor.mjs web/vendor.mjs
RUN npm ci --no-audit --no-fund

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng tesseract-ocr-osd \
        poppler-utils poppler-data fonts-wqy-zenhei \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 intake \
    && install -d -o intake -g intake -m 0700 /var/lib/intake
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY pyproject.toml requirements.in README.md LICENSE ./
COPY intake intake
COPY models models
COPY workers workers
COPY web web
COPY --from=front /app/web/static/vendor web/static/vendor
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable .
ENV INTAKE_DATA_DIR=/var/lib/intake OMP_THREAD_LIMIT=1 PYTHONUNBUFFERED=1
USER intake
EXPOSE 8000
CMD ["intake", "web"]
