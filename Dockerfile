# One image for both parts: `node server/main.ts --web` and `--worker`, or both in one process without arguments.
FROM node:24-slim

# Chromium prints the reports. util-linux (unshare, setpriv) shuts it off from the network; tini reaps its processes.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends chromium tini util-linux \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY package.json package-lock.json .npmrc .puppeteerrc.cjs ./
RUN npm ci --omit=dev && npm cache clean --force

COPY db db
COPY questionnaires questionnaires
COPY server server
COPY templates templates

# Evidence files; the program itself stays read-only for the user who runs it.
RUN mkdir data && chown node:node data
VOLUME /app/data
USER node
ENV HOST=0.0.0.0 NODE_ENV=production
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "server/main.ts"]
