# The image of the lab's API. TARGET chooses the profile: prod (a native program, nothing else) or dev (the SDK, live reload, API page).
# Build context: the repository root. The base images are arguments, so that a machine without an image registry can use substitutes.
ARG TARGET=prod
ARG DOTNET_SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0.401-noble
ARG DOTNET_AOT_SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0.401-noble-aot
ARG DOTNET_RUNTIME_DEPS_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0.12-noble-chiseled


FROM ${DOTNET_AOT_SDK_IMAGE} AS prod-build
WORKDIR /src/ComposeLab.Api
# Only the files that define dependencies: restore runs again if one of them changes, never after a code change.
COPY src/ComposeLab.Api/ComposeLab.Api.csproj src/ComposeLab.Api/Directory.*.props src/ComposeLab.Api/packages.prod.*.lock.json ./
ENV LabTarget=prod ArtifactsPath=/artifacts
RUN dotnet restore --locked-mode
COPY src/ComposeLab.Api/ ./
RUN dotnet publish --no-restore -c Release -o /out

FROM ${DOTNET_RUNTIME_DEPS_IMAGE} AS prod
COPY --from=prod-build /out/api /app/api
ENV ASPNETCORE_HTTP_PORTS=8000
EXPOSE 8000
# The number, not the name "app": a runtime can then see that it is not root.
USER 1654
HEALTHCHECK --interval=5s --timeout=3s --retries=3 CMD ["/app/api", "--healthcheck"]
ENTRYPOINT ["/app/api"]


FROM ${DOTNET_SDK_IMAGE} AS dev
WORKDIR /src/ComposeLab.Api
COPY src/ComposeLab.Api/ComposeLab.Api.csproj src/ComposeLab.Api/Directory.*.props src/ComposeLab.Api/packages.dev.lock.json ./
# Output goes outside the source folder, which the dev overlay mounts read-only from the host.
ENV LabTarget=dev ArtifactsPath=/artifacts RestoreLockedMode=true
RUN dotnet restore --locked-mode
COPY src/ComposeLab.Api/ ./
# The published copy answers the health probe while dotnet watch rebuilds the server; the other build makes the start of watch faster.
RUN dotnet publish --no-restore -c Debug -o /app
# Every edit is a rebuild and a restart, about 3 s: hot reload cannot patch the generated request code and then needs longer. The processes of
# such a rebuild are over before a profile of them could pay.
ENV ASPNETCORE_ENVIRONMENT=Development ASPNETCORE_HTTP_PORTS=8000 DOTNET_USE_POLLING_FILE_WATCHER=true DOTNET_TieredPGO=0 RunAnalyzers=false
EXPOSE 8000
# dotnet watch ignores stop signals, and nothing in this container needs a clean shutdown.
STOPSIGNAL SIGKILL
HEALTHCHECK --interval=5s --timeout=3s --retries=15 CMD ["/app/api", "--healthcheck"]
ENTRYPOINT ["dotnet", "watch", "run", "--no-launch-profile", "--non-interactive", "--no-hot-reload", "--no-restore"]


FROM ${TARGET}
