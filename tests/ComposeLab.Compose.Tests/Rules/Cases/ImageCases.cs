namespace ComposeLab.Compose.Tests.Rules.Cases;

internal static class ImageCases
{
    private const string Build = """
        -- compose.yaml --
        services:
          app:
            build:
              context: ./app
              target: TARGET
        -- app/Dockerfile --
        """ + "\n";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("ImageNotPinned", "no tag, and floating tags", """
            services:
              a:
                image: nginx # !
              b:
                image: registry.local:5000/nginx:latest # !
              c:
                image: ghcr.io/team/app:nightly-alpine # !
            """),
        new("ImageNotPinned", "versions, digests, and names of built images", """
            services:
              a:
                image: nginx:1.27-alpine
              b:
                image: nginx@sha256:0123456789012345678901234567890123456789012345678901234567890123
              c:
                image: team/app
                build: .
              d:
                image: team/mainframe:maintained
            """),
        new("BaseImageNotPinned", "stages that the build needs", Build.Replace("TARGET", "\"\"", StringComparison.Ordinal) + """
            ARG VERSION=latest
            FROM golang:${VERSION} AS build
            RUN <<END
            FROM nothing
            END
            FROM alpine
            COPY --from=build /app /app
            """) { AlsoFinds = ["app/Dockerfile:2", "app/Dockerfile:6"] },
        new("BaseImageNotPinned", "versions, scratch, and stages that the build skips", Build.Replace("TARGET", "final", StringComparison.Ordinal) + """
            # FROM commented
            FROM --platform=linux/amd64 golang:1.24 \
              AS build
            FROM scratch AS final
            COPY --from=build /app /app
            FROM ubuntu AS tools
            """),
        new("PackagesNotPinned", "manifests without versions", """
            -- compose.yaml --
            services:
              py:
                build: ./py
              js:
                build: ./js
            -- py/requirements.txt --
            # the framework
            -r base.txt
            flask==3.0.0
            redis>=5 # !
            requests
            -- js/package.json --
            { "dependencies": { "express": "^4" } }
            """) { AlsoFinds = ["js/package.json:1"] },
        new("PackagesNotPinned", "manifests with exact versions or a lock file", """
            -- compose.yaml --
            services:
              py:
                build: ./py
              js:
                build: ./js
              remote:
                build: https://example.com/repo.git
            -- py/requirements.txt --
            flask==3.0.0 ; python_version > "3.8"
            app @ https://example.com/app-1.0.zip
            -- js/package.json --
            { "dependencies": { "express": "^4" } }
            -- js/yarn.lock --

            -- js/go.mod --
            module plain
            """),
    ];
}
