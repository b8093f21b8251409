# A small image without a shell that runs as nobody in particular:
#
#   docker build -t hooktool .
#   docker run --rm -v "$PWD:/work" hooktool validate
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /hooktool ./cmd/hooktool

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /hooktool /usr/bin/hooktool
WORKDIR /work
ENTRYPOINT ["/usr/bin/hooktool"]
