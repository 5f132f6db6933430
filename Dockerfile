# The image speaks MCP on stdin and stdout: docker run -i --rm layer2
FROM docker.io/library/golang:1.26.9@sha256:f1f0bcc2c524a3ced375fcb4d1ecb7aa371aa7070e112599aaca45cc02d0101b AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /layer2 ./cmd/layer2

FROM scratch
LABEL io.modelcontextprotocol.server.name="io.github.vanhoutenbos/layer2"
LABEL org.opencontainers.image.source="https://github.com/vanhoutenbos/layer2"
LABEL org.opencontainers.image.licenses="MIT"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /layer2 /layer2
USER 65532:65532
ENTRYPOINT ["/layer2"]
CMD ["serve"]
