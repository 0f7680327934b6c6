# lrt-server as an image. compose.yaml builds and runs it. Nothing in it floats: npm ci installs the versions of
# package-lock.json, for the build and for what runs. node:24 is there for amd64 and arm64.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /source
COPY . .
RUN npm ci --no-audit --no-fund --loglevel=error \
 && npm run build --workspace server

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /opt/lrt
COPY package.json package-lock.json ./
COPY server/package.json server/package.json
RUN npm ci --omit=dev --workspace server --ignore-scripts --no-audit --no-fund --loglevel=error \
 && rm -r /root/.npm \
 && ln -s /opt/lrt/server/bin/lrt-server.mjs /usr/local/bin/lrt-server \
 && mkdir /keys /signing && chown node:node /keys /signing
COPY server/bin server/bin
COPY server/migrations server/migrations
COPY server/sql server/sql
COPY --from=build /source/server/dist server/dist
COPY server/docker/makeToken.mjs /opt/lrt/makeToken.mjs
USER node
WORKDIR /home/node
EXPOSE 8080
ENTRYPOINT ["lrt-server"]
