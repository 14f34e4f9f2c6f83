namespace ComposeLab.Compose.Tests.Rules.Cases;

internal static class PrivilegeCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("Privileged", "root on the host", "services:\n  a:\n    image: team/a:1\n    privileged: true # !\n"),
        new("Privileged", "an ordinary service", "services:\n  a:\n    image: team/a:1\n    privileged: false\n"),
        new("DangerousCapability", "equivalent to root", """
            services:
              a:
                image: team/a:1
                cap_add:
                  - CHOWN
                  - sys_admin # !
                  - CAP_SYS_PTRACE # !
            """),
        new("DangerousCapability", "harmless ones", "services:\n  a:\n    image: team/a:1\n    cap_add: [CHOWN, NET_BIND_SERVICE]\n"),
        new("DockerSocketMounted", "the engine's socket", """
            services:
              a:
                image: team/a:1
                volumes:
                  - /var/run/docker.sock:/var/run/docker.sock:ro # !
              b:
                image: team/b:1
                use_api_socket: true # !
            """),
        new("DockerSocketMounted", "another socket", "services:\n  a:\n    image: team/a:1\n    volumes: [\"/srv/app/app.sock:/app.sock\"]\n"),
        new("SensitivePathMounted", "sensitive host paths, read-only", """
            services:
              monitor:
                image: team/monitor:1
                volumes:
                  - /:/rootfs:ro # !
                  - /proc:/host/proc:ro # !
                  - /home/someone/.ssh:/keys:ro # !
            """),
        new("SensitivePathMounted", "paths that are not sensitive", """
            services:
              a:
                image: team/a:1
                volumes:
                  - /etc/localtime:/etc/localtime:ro
                  - /etc/ssl/certs:/etc/ssl/certs:ro
                  - /srv/data:/data:ro
                  - ./etc:/etc/app:ro
                  - /etc/prometheus:/etc/prometheus:ro
                  - /var/run/mysqld/mysqld.sock:/mysqld.sock
                  - /home/someone/data:/data
                  - /dev/shm:/dev/shm
            """),
        new("SensitivePathWritable", "sensitive host paths", "services:\n  a:\n    image: team/a:1\n    volumes:\n      - /etc:/host # !\n      - /var/lib/docker:/d # !\n"),
        new("SensitivePathWritable", "the same, read-only", "services:\n  a:\n    image: team/a:1\n    volumes: [\"/etc:/host:ro\", \"/srv:/srv\"]\n"),
        new("DockerSocketMounted", "the engine's pipe and socket on Windows", """
            services:
              a:
                image: team/a:1
                volumes:
                  - //var/run/docker.sock:/var/run/docker.sock # !
                  - \\.\pipe\docker_engine:\\.\pipe\docker_engine # !
              b:
                image: team/b:1
                volumes: ["./docker.sock.d:/d", '\\server\pipe\docker:/p']
            """) { OnWindows = true },
        new("SensitivePathMounted", "sensitive paths of Windows, and of the virtual machine with the engine", """
            services:
              monitor:
                image: team/monitor:1
                volumes:
                  - C:\:/host:ro # !
                  - d:/:/data:ro # !
                  - /c:/c:ro # !
                  - //c/Users:/u:ro # !
                  - c:\users\Someone:/home:ro # !
                  - ~/.ssh:/keys:ro # !
                  - C:\Users\someone\.aws\credentials:/aws:ro # !
                  - C:/Users/someone/AppData/Roaming/gcloud:/gcloud:ro # !
                  - C:\Windows\System32\config:/config:ro # !
                  - /etc/shadow:/shadow:ro # !
            """) { OnWindows = true, Environment = new() { ["USERPROFILE"] = @"C:\Users\someone" } },
        new("SensitivePathMounted", "paths of Windows that are not sensitive", """
            services:
              a:
                image: team/a:1
                volumes:
                  - C:\shop\data:/data:ro
                  - ./Windows:/w:ro
                  - C:\Users\someone\src:/src:ro
                  - D:\Users.txt:/u:ro
                  - \\server\share:/share:ro
                  - /etc/localtime:/etc/localtime:ro
            """) { OnWindows = true },
        new("HostNetwork", "the network of the host", "services:\n  a:\n    image: team/a:1\n    network_mode: host # !\n"),
        new("HostNetwork", "no network", "services:\n  a:\n    image: team/a:1\n    network_mode: none\n"),
        new("HostNamespace", "the processes of the host", "services:\n  a:\n    image: team/a:1\n    pid: host # !\n    ipc: host # !\n"),
        new("HostNamespace", "the processes of another service", "services:\n  a:\n    image: team/a:1\n    pid: service:b\n  b:\n    image: team/b:1\n"),
        new("SecurityProfileOff", "unconfined", "services:\n  a:\n    image: team/a:1\n    security_opt:\n      - no-new-privileges:true\n      - seccomp=unconfined # !\n"),
        new("SecurityProfileOff", "an own profile", "services:\n  a:\n    image: team/a:1\n    security_opt: [\"seccomp:./profile.json\"]\n"),
        new("RootUser", "root by name and by number", "services:\n  a:\n    image: team/a:1\n    user: root # !\n  b:\n    image: team/b:1\n    user: \"0:0\" # !\n"),
        new("RootUser", "ordinary users", "services:\n  a:\n    image: team/a:1\n    user: \"1000:0\"\n  b:\n    image: team/b:1\n"),
        new("ImageRunsAsRoot", "a Dockerfile that keeps the root user", """
            -- compose.yaml --
            services:
              a:
                build: ./a
              b:
                build:
                  dockerfile_inline: | # !
                    FROM alpine:3.20
                    USER app
                    FROM alpine:3.20
                    USER 0
            -- a/Dockerfile --
            FROM alpine:3.20 AS build
            USER app
            FROM alpine:3.20
            """) { Production = true, AlsoFinds = ["a/Dockerfile:3"] },
        new("ImageRunsAsRoot", "a Dockerfile that ends with a user, a base image that does, and a user in the files", """
            -- compose.yaml --
            services:
              a:
                build:
                  context: ./a
                  args:
                    TARGET: prod
              b:
                build: ./b
              c:
                build: ./c
                user: "1000"
            -- a/Dockerfile --
            ARG TARGET=dev
            FROM alpine:3.20 AS prod
            USER 1654
            FROM alpine:3.20 AS dev
            FROM ${TARGET}
            -- b/Dockerfile --
            FROM nginxinc/nginx-unprivileged:1.27
            -- c/Dockerfile --
            FROM alpine:3.20
            """) { Production = true },
    ];
}
