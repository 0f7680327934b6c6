# lrt-server as an image. compose.yaml builds and runs it.
FROM node:24-bookworm-slim AS build
WORKDIR /source
COPY . .
# What the package is made of, as it would be published.
RUN npm ci --no-audit --no-fund --loglevel=error \
 && npm run build --workspace server \
 && npm pack --workspace server --ignore-scripts --pack-destination /tmp

FROM node:24-bookworm-slim
ENV NODE_ENV=production
COPY --from=build /tmp/lrt-server-*.tgz /tmp/
RUN npm install --global --no-audit --no-fund --loglevel=error /tmp/lrt-server-*.tgz \
 && rm -r /tmp/lrt-server-*.tgz /root/.npm \
 && mkdir /keys /signing && chown node:node /keys /signing
COPY server/docker/makeToken.mjs /opt/lrt/makeToken.mjs
USER node
WORKDIR /home/node
EXPOSE 8080
ENTRYPOINT ["lrt-server"]
