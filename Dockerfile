# A small image without a shell that runs as an unprivileged user:
#
#   docker build -t hooktool .
#   docker run --rm -v "$PWD:/work" hooktool validate
FROM golang:1.26.0@sha256:fb612b7831d53a89cbc0aaa7855b69ad7b0caf603715860cf538df854d047b84 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /hooktool ./cmd/hooktool

FROM gcr.io/distroless/static-debian12:nonroot@sha256:afa5c872c891853ca7fcf1f12c3edb23f7eeef36189728842dd51042ff57f7ab
COPY --from=build /hooktool /usr/bin/hooktool
# Mounted files belong to a user of the host, not to the image's user.
ENV HOOKTOOL_TRUST=/work
WORKDIR /work
ENTRYPOINT ["/usr/bin/hooktool"]
